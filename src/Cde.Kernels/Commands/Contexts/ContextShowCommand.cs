using System.Globalization;
using System.Text.Json.Serialization;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Contexts;
using Cde.Workbench.Corpora;
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
    public override string Description =>
        "Where the corpus that was sampled can be opened, the documents are read too: how many differ, which are near duplicates (share most of their runs of three words), and, with "
        + "--clusters, which clusters of the corpus they stand for (the corpus is embedded without a context by the model that made this one, and cached).";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["context show json", "context show json --clusters 12"];

    /// <inheritdoc/>
    public override async Task<ContextResult> RunAsync(ContextShowOptions options, Session session, CancellationToken cancellation)
    {
        var (context, folder) = session.SavedContext(options.Name);
        var result = ContextResult.Of(context, folder) with
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
        };
        if (context.IsNull || Source(context, session, options) is not { } source)
            return result;
        var contents = await Task.Run(() => ContextContents.Of(context, source, cancellation), cancellation).ConfigureAwait(false);
        return result with
        {
            Contents = contents,
            Coverage = options.Clusters > 0 ? await CoverAsync(context, source, options, session, cancellation).ConfigureAwait(false) : null,
            Documents = [.. context.DocumentIds.Distinct(StringComparer.Ordinal).Take(options.Show).Select(id => new ShownDocument(id, source[source.IndexOf(id)].FullText))],
        };
    }

    // What a context was made of may have moved or changed since: its own facts are shown all the same.
    private static Corpus? Source(CorpusContext context, Session session, ContextShowOptions options)
    {
        var isNeeded = options.Clusters > 0 || options.Corpus is not null;
        if (context.Sampler == RandomStringsSampler.SamplerName)
            return isNeeded ? throw new CdeException($"context show: {context.CorpusName} is no corpus; leave --clusters and --corpus out") : null;
        try
        {
            var corpus = session.Corpus(options.Corpus ?? context.CorpusName);
            if (corpus.Hash == context.CorpusHash)
                return corpus;
            if (isNeeded)
                throw new CdeException($"{corpus.Name} is not what the context was made of, or has changed since (hash {ContentHash.Short(corpus.Hash)}, not {ContentHash.Short(context.CorpusHash)}); give the right --corpus, or build the context again");
            session.Display.Note($"{context.CorpusName} has changed since the context was made of it: the documents' texts are not shown");
        }
        catch (CdeException) when (!isNeeded)
        {
            session.Display.Note($"the documents' texts are not shown: {context.CorpusName} is not found by its name; give --corpus");
        }

        return null;
    }

    private static async Task<ShownCoverage> CoverAsync(CorpusContext context, Corpus source, ContextShowOptions options, Session session, CancellationToken cancellation)
    {
        CorpusClusters.Check("--clusters", options.Clusters, source);
        var model = session.ContextualModel(new ModelOptions { Model = options.Model ?? context.ModelName });
        context.RequireModel(model);
        using var embedder = Loading.Embedder(model, CorpusContext.Null(model));
        using var matrix = await embedder.EmbedAsync(source, new EmbedOptions { Cache = EmbeddingCache.Default }, session.Progress, cancellation).ConfigureAwait(false);
        return await Task.Run(
            () =>
            {
                var clusters = CorpusClusters.KMeans(matrix, options.Clusters, context.Seed, session, cancellation);
                var words = CorpusClusters.Words(clusters, source, 5, model.SplitIdentifiers, cancellation);
                var coverage = ContextContents.Coverage(context, source, clusters);
                return new ShownCoverage(
                    coverage.Covered, coverage.DocumentShare,
                    [.. coverage.Clusters.Select(cluster => new CoveredCluster(cluster.Cluster, cluster.Size, cluster.InContext, words[cluster.Cluster]))]);
            },
            cancellation).ConfigureAwait(false);
    }
}

/// <summary>What <c>context show</c> takes.</summary>
public sealed record ContextShowOptions : CommandOptions
{
    /// <summary>Which context.</summary>
    [Argument(0, "The context's name, hash or folder", Required = true, Completes = Completes.SavedContexts)]
    public string Name { get; init; } = "";

    /// <summary>Clusters.</summary>
    [Option("Clusters of the corpus to look for in the context; 0 for none", Min = 0, Max = 4096)]
    public int Clusters { get; init; }

    /// <summary>The corpus.</summary>
    [Option("The corpus that was sampled, where its name alone does not find it (a folder or file)", ValueName = "NAME", Completes = Completes.Corpora)]
    public string? Corpus { get; init; }

    /// <summary>The model.</summary>
    [Option("With --clusters: the model that made the context, where its name alone does not find it", ValueName = "NAME", Completes = Completes.Models)]
    public string? Model { get; init; }

    /// <summary>How many documents are shown.</summary>
    [Option("Documents to show", Min = 0, Max = 4096)]
    public int Show { get; init; } = 10;
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
        FirstStage = context.Work,
    };

    /// <summary>How many documents the first stage was needed for, and how many of them it had computed before; null for a context that was read.</summary>
    public ContextWork? FirstStage { get; init; }

    /// <summary>How many documents differ and which are alike; null where the corpus was not looked at.</summary>
    public ContextContents? Contents { get; init; }

    /// <summary>Which clusters of the corpus it stands for; null where that was not asked.</summary>
    public ShownCoverage? Coverage { get; init; }

    /// <summary>The first documents with their texts; none where the corpus was not looked at.</summary>
    public IReadOnlyList<ShownDocument> Documents { get; init; } = [];

    /// <inheritdoc/>
    public override View Describe()
    {
        var alike = Contents is { } contents ? $", {contents.Repeated} with the text of another, {Shown.Count(contents.NearDuplicates.Count)} pairs nearly alike" : "";
        var blocks = new List<Block>
        {
            new Table(
                ["", "context"],
                [
                    ["hash", Hash],
                    ["folder", Folder.Length > 0 ? Shown.Location(Folder) : "not saved"],
                    ["model", Model],
                    ["corpus", Corpus],
                    ["sampler", $"{Sampler}, seed {Seed}"],
                    ["documents", $"{Size}, {DocumentIds.Distinct().Count()} different ones{alike}"],
                    ["vectors", $"{Size * TokensPerDocument} of width {Dimension}"],
                    .. Documents.Count > 0 ? (string[][])[] : [["first documents", string.Join(", ", DocumentIds.Take(5))]],
                ]),
        };
        if (Documents.Count > 0)
            blocks.Add(new Table(["document", "text"], [.. Documents.Select(document => (IReadOnlyList<string>)[Shown.Id(document.Id, 40), Shown.Shorten(document.Text, 90)])]) { Title = "its first documents" });
        if (Contents is { NearDuplicates: { Count: > 0 } near })
        {
            blocks.Add(new Table(
                ["document", "and", ">words in common"],
                [.. near.Take(10).Select(pair => (IReadOnlyList<string>)[Shown.Id(pair.First, 55), Shown.Id(pair.Second, 55), pair.Similarity.ToString("0%", CultureInfo.InvariantCulture)])])
            { Title = "nearly alike" });
        }

        if (Coverage is { } coverage)
        {
            blocks.Add(new Paragraph(string.Create(CultureInfo.InvariantCulture, $"{coverage.Covered} of {coverage.Clusters.Count} clusters have a document in the context; {coverage.DocumentShare:0.0%} of the corpus lies in those")));
            blocks.Add(new Table(
                ["cluster", ">documents", ">in the context", "words"],
                [.. coverage.Clusters.OrderByDescending(cluster => cluster.Size).Select(cluster => (IReadOnlyList<string>)
                    [cluster.Cluster.ToString(CultureInfo.InvariantCulture), Shown.Count(cluster.Size), Shown.Count(cluster.InContext), string.Join(", ", cluster.Words)])])
            { Title = "clusters of the corpus, the largest first" });
        }

        return new View([.. blocks, .. ReusedVectors.Line(FirstStage)]);
    }
}

/// <summary>How a context covers the clusters of its corpus.</summary>
/// <param name="Covered">Clusters with a document in the context.</param>
/// <param name="DocumentShare">The share of the corpus' documents in those.</param>
/// <param name="Clusters">Cluster by cluster.</param>
public sealed record ShownCoverage(int Covered, double DocumentShare, IReadOnlyList<CoveredCluster> Clusters);

/// <summary>One cluster of a corpus and a context.</summary>
/// <param name="Cluster">Its number.</param>
/// <param name="Size">Documents of the corpus in it.</param>
/// <param name="InContext">Documents of the context in it.</param>
/// <param name="Words">The words that tell it from others.</param>
public sealed record CoveredCluster(int Cluster, int Size, int InContext, IReadOnlyList<string> Words);
