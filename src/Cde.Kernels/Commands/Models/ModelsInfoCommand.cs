using System.Globalization;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Models;

namespace Cde.Kernels.Commands;

/// <summary>Loads a model and shows what it is.</summary>
public sealed class ModelsInfoCommand : Command<ModelsInfoOptions, ModelInfoResult>
{
    /// <inheritdoc/>
    public override string Name => "models info";

    /// <inheritdoc/>
    public override string Summary => "Load a model and show what it is";

    /// <inheritdoc/>
    public override string Description =>
        "Shows a known model's entry, downloaded or not, and of an embedding model that is on this machine what its files say: architecture, parameters, vocabulary, context, prompts.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["models info cde-mini", "models info bge-small-en-v1.5"];

    /// <inheritdoc/>
    public override Task<ModelInfoResult> RunAsync(ModelsInfoOptions options, Session session, CancellationToken cancellation) => Task.Run(
        () =>
        {
            var card = KnownModels.IsFolder(options.Model) ? null : KnownModels.Find(options.Model);
            var folder = card is null ? null : KnownModels.FolderOf(card.Name);
            if (card is not null && (folder is null || card.Kind is ModelKind.Reranker or ModelKind.MultiVector))
                return ModelInfoResult.Of(card, folder);
            var model = session.Model(new ModelOptions { Model = options.Model });
            return new ModelInfoResult(
                model.Name, model.Folder, model.Hash, model.Architecture, model.ParameterCount, model.Dimension, model.MaxTokens, model.Tokenizer.VocabularySize,
                model.IsContextual, model.ContextSize, model.TokensPerDocument, model.ContextAttention?.ToString().ToLowerInvariant(), model.UsesStatistics, model.SplitIdentifiers, model.Prompts)
            {
                Entry = card is null ? null : ModelLine.Of(card, isPresent: true),
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
    /// <summary>Its entry among the known models; null for one that has none.</summary>
    public ModelLine? Entry { get; init; }

    /// <summary>What the entry alone says, of a model that is not loaded: the rest is 0 or empty.</summary>
    internal static ModelInfoResult Of(ModelCard card, string? folder) => new(
        card.Name, folder ?? "", "", card.Architecture, 0, card.Dimension, card.MaxTokens, 0, card.Kind == ModelKind.Contextual, 0, 0, null, false, false, card.Prompts)
    {
        Entry = ModelLine.Of(card, folder is not null),
    };

    /// <inheritdoc/>
    public override View Describe() => new([new Table(["", "model"], [.. Facts().Where(row => row[1].Length > 0)]), .. Advice()]);

    private IEnumerable<string[]> Facts() =>
    [
        ["name", Name],
        .. EntryFacts(),
        ["folder", Folder.Length == 0 ? "" : Shown.Location(Folder)],
        ["hash", Hash],
        ["architecture", Architecture],
        ["parameters", ParameterCount == 0 ? "" : Shown.Count(ParameterCount)],
        ["width", Entry?.Kind == "reranker" ? "" : Dimension.ToString(CultureInfo.InvariantCulture)],
        ["longest text", $"{MaxTokens} tokens"],
        ["vocabulary", VocabularySize == 0 ? "" : $"{Shown.Count(VocabularySize)} pieces"],
        ["context", ParameterCount == 0 ? "" : IsContextual ? Context() : "none: a plain model"],
        ["identifiers", ParameterCount == 0 ? "" : SplitIdentifiers ? "split at capitals" : "as they are"],
        .. Prompts.Select(prompt => (string[])[$"prompt {prompt.Key}", $"\"{prompt.Value}\""]),
    ];

    private IEnumerable<string[]> EntryFacts() => Entry is not { } entry ? [] :
    [
        ["what", entry.What],
        ["kind", entry.Kind],
        ["family", entry.Family],
        ["repository", entry.Repository],
        ["pooling", entry.Pooling],
        ["normalised", entry.Kind is "reranker" or "multi-vector" ? "" : entry.IsNormalized ? "yes" : "not by the model itself; embedders here do it unless told not to"],
        ["also trained at", string.Join(", ", entry.Matryoshka)],
        ["licence", entry.Licence ?? "not stated"],
        ["scores of revision", entry.Revision ?? ""],
        ["note", entry.Note ?? ""],
    ];

    private IEnumerable<Block> Advice() => Entry switch
    {
        { IsPresent: false } => [new Paragraph($"It is not on this machine; get it with: {ProgramName.Typed} models download {Name}")],
        { Kind: "reranker" } => [new Paragraph($"It scores pairs of a query and a document: {ProgramName.Typed} search --rerank {Name}, or RerankerModel in C#")],
        { Kind: "multi-vector" } => [new Paragraph($"It gives each token a vector and scores pairs: {ProgramName.Typed} search --rerank {Name}, or MultiVectorModel in C#")],
        _ => [],
    };

    private string Context()
    {
        var vectors = TokensPerDocument > 0 ? $" of {TokensPerDocument} vectors, {ContextAttention} attention" : "";
        return $"{ContextSize} documents{vectors}{(UsesStatistics ? ", word statistics" : "")}";
    }
}
