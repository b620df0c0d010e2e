using Cde.Workbench.Models;

namespace Cde.Workbench.Embedding.Generators;

/// <summary>A model that a service container loads once and disposes of with itself, and the embedder over it.</summary>
internal sealed class ServedEmbedder : IDisposable
{
    private readonly EmbeddingModel? _model;

    public ServedEmbedder(ITextEmbedder embedder, EmbeddingModel? model = null) => (Embedder, _model) = (embedder, model);

    public ITextEmbedder Embedder { get; }

    /// <summary>Loads a model by name or folder, a contextual one with a saved context or without any.</summary>
    public static ServedEmbedder Load(string nameOrFolder, string? contextFolder)
    {
        var model = KnownModels.Load(nameOrFolder);
        try
        {
            if (!model.IsContextual && contextFolder is not null)
                throw new CdeException($"{nameOrFolder} takes no context: it embeds each text on its own; leave the context folder {contextFolder} out");
            var embedder = model.IsContextual
                ? new ContextualEmbedder(model, contextFolder is null ? CorpusContext.Null(model) : CorpusContext.Load(contextFolder))
                : TextEmbedder.For(model);
            return new ServedEmbedder(embedder, model);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Embedder.Dispose();
        _model?.Dispose();
    }
}
