using Cde.Workbench.Embedding;
using Cde.Workbench.Models;
using static TorchSharp.torch;

namespace Cde.Workbench.Journeys;

/// <summary>
/// What the classes share that other systems' users know: a plain model, and vectors as the original gives them. They add no computation of their own: below are
/// <see cref="EmbeddingModel"/> and its embedder.
/// </summary>
public abstract class OriginalModel : IDisposable
{
    private readonly ITextEmbedder embedder;

    /// <summary>A class over a plain model, which it owns.</summary>
    /// <exception cref="CdeException">The model is contextual.</exception>
    private protected OriginalModel(EmbeddingModel model)
    {
        Model = model;
        try
        {
            embedder = TextEmbedder.For(model);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>The model beneath. It goes with this object.</summary>
    public EmbeddingModel Model { get; }

    /// <summary>Frees the model.</summary>
    public void Dispose()
    {
        embedder.Dispose();
        Model.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Loads what the folder says and nothing else, as the originals do: a known model's card is not asked.</summary>
    /// <exception cref="CdeException">Unknown, not downloaded, or no model that is computed here.</exception>
    private protected static EmbeddingModel Open(string nameOrFolder, PoolingModes? pooling, Device? device, ScalarType precision)
    {
        var folder = KnownModels.FolderOf(nameOrFolder) ?? throw new CdeException($"model \"{nameOrFolder}\" has not been downloaded; get it with: {ProgramName.Typed} models download {nameOrFolder}");
        return EmbeddingModel.Load(folder, device, precision, pooling is null ? ModelRules.None : new ModelRules { Pooling = pooling, OverridesPooling = true });
    }

    /// <summary>Embeds texts with a prompt: (N, d) rows in their order.</summary>
    private protected async Task<EmbeddingMatrix> EncodeAsync(
        IReadOnlyList<string> texts, string prompt, bool normalize, int? maxTokens, CancellationToken cancellationToken) =>
        await embedder.EmbedAsync(
            texts, new EmbedOptions { PromptText = prompt, Normalize = normalize, MaxTokens = maxTokens is { } limit ? Math.Min(limit, Model.MaxTokens) : null }, null, cancellationToken).ConfigureAwait(false);
}
