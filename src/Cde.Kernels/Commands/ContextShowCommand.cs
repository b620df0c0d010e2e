using System.Text.Json.Serialization;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench.Embedding;

namespace Cde.Kernels.Commands;

/// <summary>Shows what a saved context is made of.</summary>
public sealed class ContextShowCommand : Command<ContextShowOptions, ContextResult>
{
    /// <inheritdoc/>
    public override string Name => "context show";

    /// <inheritdoc/>
    public override string Summary => "Show what a saved context is made of";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["context show json"];

    /// <inheritdoc/>
    public override Task<ContextResult> RunAsync(ContextShowOptions options, Session session, CancellationToken cancellation)
    {
        var (context, folder) = session.SavedContext(options.Name);
        return Task.FromResult(ContextResult.Of(context, folder) with
        {
            Provenance = new Provenance
            {
                Seed = context.Seed,
                Model = context.ModelName,
                ModelHash = context.ModelHash,
                Corpus = context.CorpusName,
                CorpusHash = context.CorpusHash,
                ContextHash = context.Hash,
            },
        });
    }
}

/// <summary>What <c>context show</c> takes.</summary>
public sealed record ContextShowOptions : CommandOptions
{
    /// <summary>Which context.</summary>
    [Argument(0, "The context's name, hash or folder", Required = true, Completes = Completes.SavedContexts)]
    public string Name { get; init; } = "";
}

/// <summary>A context.</summary>
/// <param name="Hash">Its hash: documents, sampler, seed, model and vectors.</param>
/// <param name="Folder">Where it is saved; empty for one that a notebook made and did not save.</param>
/// <param name="Model">The model whose first stage made it.</param>
/// <param name="Corpus">The corpus that was sampled.</param>
/// <param name="Sampler">The sampler.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Size">Documents.</param>
/// <param name="TokensPerDocument">Vectors a document.</param>
/// <param name="Dimension">Width of the vectors.</param>
/// <param name="DocumentIds">The documents, in order.</param>
public sealed record ContextResult(
    string Hash, string Folder, string Model, string Corpus, string Sampler, long Seed, int Size, int TokensPerDocument, int Dimension,
    IReadOnlyList<string> DocumentIds) : CommandResult
{
    /// <summary>The context itself.</summary>
    [JsonIgnore]
    public CorpusContext? Context { get; init; }

    /// <summary>A saved context as a result.</summary>
    public static ContextResult Of(CorpusContext context, string folder) => new(
        context.Hash, folder, context.ModelName, context.CorpusName, context.Sampler, context.Seed, context.Size, context.TokensPerDocument, context.Dimension,
        context.DocumentIds)
    {
        Context = context,
    };

    /// <inheritdoc/>
    public override View Describe() => new(
        new Table(
            ["", "context"],
            [
                ["hash", Hash],
                ["folder", Folder.Length > 0 ? Folder : "not saved"],
                ["model", Model],
                ["corpus", Corpus],
                ["sampler", $"{Sampler}, seed {Seed}"],
                ["documents", $"{Size}, {DocumentIds.Distinct().Count()} different ones"],
                ["vectors", $"{Size * TokensPerDocument} of width {Dimension}"],
                ["first documents", string.Join(", ", DocumentIds.Take(5))],
            ]));
}
