using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Contexts;
using Cde.Workbench.Embedding;

namespace Cde.Kernels.Commands;

/// <summary>Embeds a minicorpus into a context and saves it.</summary>
public sealed class ContextBuildCommand : Command<ContextBuildOptions, ContextResult>
{
    /// <inheritdoc/>
    public override string Name => "context build";

    /// <inheritdoc/>
    public override string Summary => "Embed a minicorpus into a context and save it";

    /// <inheritdoc/>
    public override string Description =>
        "The first stage of a contextual model turns the documents of a minicorpus into vectors, on which the second stage conditions every embedding. "
        + "The context is saved in --out, under --as NAME, or under its hash; --context of other commands takes any of the three.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["context build --corpus dotnet-api/System.Text.Json --as json", "context build --sampler random-strings --out no-corpus"];

    /// <inheritdoc/>
    public override bool WritesOut => true;

    /// <inheritdoc/>
    public override async Task<ContextResult> RunAsync(ContextBuildOptions options, Session session, CancellationToken cancellation)
    {
        var corpus = session.Corpus(options.Corpus);
        var model = session.ContextualModel(options);
        var sample = await Sampling.RunAsync(session, corpus, options, options.Size ?? model.ContextSize, () => model, cancellation).ConfigureAwait(false);
        var context = await ContextBuilder.BuildAsync(model, sample, new EmbedOptions { Cache = EmbeddingCache.Default }, session.Progress, cancellation).ConfigureAwait(false);
        var folder = options.Out ?? Path.Combine(SavedContexts.Folder, options.As ?? ContentHash.Short(context.Hash));
        context.Save(folder);
        return ContextResult.Of(context, folder) with
        {
            Provenance = ModelProvenance.Of(model, context.CorpusName, context.CorpusHash, options.Seed, context.Hash),
        };
    }
}

/// <summary>What <c>context build</c> takes.</summary>
public sealed record ContextBuildOptions : SamplingOptions
{
    /// <summary>How many documents.</summary>
    [Option("Documents in the context; the model's own size where left out", Min = 1, Max = 4096)]
    public int? Size { get; init; }
}
