using System.Globalization;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;

namespace Cde.Kernels.Commands;

/// <summary>Loads a model and shows what it is.</summary>
public sealed class ModelsInfoCommand : Command<ModelsInfoOptions, ModelInfoResult>
{
    /// <inheritdoc/>
    public override string Name => "models info";

    /// <inheritdoc/>
    public override string Summary => "Load a model and show what it is";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["models info cde-mini"];

    /// <inheritdoc/>
    public override Task<ModelInfoResult> RunAsync(ModelsInfoOptions options, Session session, CancellationToken cancellation) => Task.Run(
        () =>
        {
            var model = session.Model(new ModelOptions { Model = options.Model });
            return new ModelInfoResult(
                model.Name, model.Folder, model.Hash, model.Architecture, model.ParameterCount, model.Dimension, model.MaxTokens, model.Tokenizer.VocabularySize,
                model.IsContextual, model.ContextSize, model.TokensPerDocument, model.ContextAttention?.ToString().ToLowerInvariant(), model.UsesStatistics, model.SplitIdentifiers, model.Prompts)
            {
                Provenance = ComputeFacts.Add(new Provenance { Model = model.Name, ModelHash = model.Hash }),
            };
        },
        cancellation);
}

/// <summary>What <c>models info</c> takes.</summary>
public sealed record ModelsInfoOptions : CommandOptions
{
    /// <summary>Which model.</summary>
    [Argument(0, "A name (see models list), or a model folder", Completes = Completes.Models)]
    public string Model { get; init; } = "cde-mini";
}

/// <summary>A model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Folder">Where it lies.</param>
/// <param name="Hash">The hash of weights, configuration and tokenizer.</param>
/// <param name="Architecture">What is computed.</param>
/// <param name="ParameterCount">Trainable numbers.</param>
/// <param name="Dimension">Width of its vectors.</param>
/// <param name="MaxTokens">The longest text.</param>
/// <param name="VocabularySize">Pieces in its vocabulary.</param>
/// <param name="IsContextual">It embeds in a context.</param>
/// <param name="ContextSize">Documents in its context.</param>
/// <param name="TokensPerDocument">Vectors a context document.</param>
/// <param name="ContextAttention">How context positions attend; null for a plain model.</param>
/// <param name="UsesStatistics">Its texts see in how many context documents each word piece occurs.</param>
/// <param name="SplitIdentifiers">Identifiers are split at capitals first.</param>
/// <param name="Prompts">Texts put in front, by name.</param>
public sealed record ModelInfoResult(
    string Name, string Folder, string Hash, string Architecture, long ParameterCount, int Dimension, int MaxTokens, int VocabularySize, bool IsContextual,
    int ContextSize, int TokensPerDocument, string? ContextAttention, bool UsesStatistics, bool SplitIdentifiers, IReadOnlyDictionary<string, string> Prompts) : CommandResult
{
    /// <inheritdoc/>
    public override View Describe() => new(new Table(
        ["", "model"],
        [
            ["name", Name],
            ["folder", Folder],
            ["hash", Hash],
            ["architecture", Architecture],
            ["parameters", Shown.Count(ParameterCount)],
            ["width", Dimension.ToString(CultureInfo.InvariantCulture)],
            ["longest text", $"{MaxTokens} tokens"],
            ["vocabulary", $"{Shown.Count(VocabularySize)} pieces"],
            ["context", IsContextual ? Context() : "none: a plain model"],
            ["identifiers", SplitIdentifiers ? "split at capitals" : "as they are"],
            .. Prompts.Select(prompt => (string[])[$"prompt {prompt.Key}", $"\"{prompt.Value}\""]),
        ]));

    private string Context()
    {
        var vectors = TokensPerDocument > 0 ? $" of {TokensPerDocument} vectors, {ContextAttention} attention" : "";
        return $"{ContextSize} documents{vectors}{(UsesStatistics ? ", word statistics" : "")}";
    }
}
