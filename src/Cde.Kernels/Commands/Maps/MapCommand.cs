using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Clustering;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;

namespace Cde.Kernels.Commands;

/// <summary>Maps the documents of a corpus in two dimensions, and says how far the map can be believed.</summary>
public sealed class MapCommand : Command<MapOptions, MapResult>
{
    private const int MostColours = 16; // more can hardly be told apart

    /// <inheritdoc/>
    public override string Name => "map";

    /// <inheritdoc/>
    public override string Summary => "Map documents, queries and clusters in two dimensions";

    /// <inheritdoc/>
    public override string Description =>
        "Embeds the corpus and lays the vectors out by UMAP, t-SNE or principal components; neighbours are exact and always of the original space. Trustworthiness, "
        + "continuity and the share of neighbours kept say how far the map can be believed. Vectors and clusters are cached. --json has the place of every document.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "map --corpus dotnet-api/System.Text.Json",
        "map --corpus dotnet-api/System.Net.Mail --method t-sne --queries --out mail.html",
        "map --corpus dotnet-api/System.Net.Sockets --method pca --color-by none",
    ];

    /// <inheritdoc/>
    public override async Task<MapResult> RunAsync(MapOptions options, Session session, CancellationToken cancellation)
    {
        var corpus = session.Corpus(options.Corpus);
        if (options.ColorBy == MapOptions.ByCluster)
            CorpusClusters.Check("--clusters", options.Clusters, corpus);
        var domains = options.ColorBy == MapOptions.ByDomain ? DomainGroups(session, options.Corpus, corpus) : null;
        IReadOnlyList<Query> queries = options.Queries ? session.Task(options.Corpus).Queries : [];
        var model = session.Model(options);
        var context = await session.ContextAsync(options, model, corpus, cancellation).ConfigureAwait(false);
        using var embedder = Loading.Embedder(model, context);
        var embedding = new EmbedOptions { Cache = EmbeddingCache.Default };
        using var documents = await embedder.EmbedAsync(corpus, embedding, session.Progress, cancellation).ConfigureAwait(false);
        using var asked = queries.Count > 0 ? await embedder.EmbedAsync(queries, embedding, session.Progress, cancellation).ConfigureAwait(false) : null;
        return await Task.Run(
            () =>
            {
                var made = MadeMap.Of(asked is null ? [documents] : [documents, asked], options, session.Progress, cancellation);
                var groups = domains ?? (options.ColorBy == MapOptions.ByCluster ? ClusterGroups(documents, corpus, options, model.SplitIdentifiers, session, cancellation) : MapGroups.None);
                return new MapResult(corpus, queries, options.Method, made, groups) { Provenance = Loading.Provenance(options, model, corpus, context) };
            },
            cancellation).ConfigureAwait(false);
    }

    private static MapGroups ClusterGroups(
        EmbeddingMatrix documents, Corpus corpus, MapOptions options, bool splitIdentifiers, Session session, CancellationToken cancellation)
    {
        var count = options.Clusters > 0 ? options.Clusters : Math.Min(MostColours, CorpusClusters.SquareRoot(corpus.Count));
        var assignment = CorpusClusters.KMeans(documents, count, options.Seed, session, cancellation);
        var words = CorpusClusters.Words(assignment, corpus, options.Words, options.SplitIdentifiers || splitIdentifiers, cancellation);
        return new MapGroups(assignment.Labels, [.. words.Select(found => string.Join(", ", found))]);
    }

    /// <summary>The domain of each document; none where it is in no domain's own corpus.</summary>
    private static MapGroups DomainGroups(Session session, string name, Corpus corpus)
    {
        var dataset = session.Lent<object>(name) is null ? session.Dataset(name) : null;
        if (dataset is not { Domains.Count: > 1 })
            throw new CdeException($"--color-by domain: {corpus.Name} has one domain; colour by cluster, or give a corpus of several");
        var labels = new int[corpus.Count];
        Array.Fill(labels, ClusterAssignment.Noise);
        for (var domain = 0; domain < dataset.Domains.Count; domain++)
        {
            var part = dataset.Corpus(dataset.Domains[domain]);
            for (var i = 0; i < part.Count; i++)
            {
                if (corpus.IndexOf(part.GetId(i)) is >= 0 and var row)
                    labels[row] = domain;
            }
        }

        return new MapGroups(labels, dataset.Domains);
    }
}

/// <summary>The groups that a map's colours stand for.</summary>
/// <param name="Labels">A number a document, -1 for none; empty where there are no groups.</param>
/// <param name="Names">The groups' names.</param>
internal sealed record MapGroups(IReadOnlyList<int> Labels, IReadOnlyList<string> Names)
{
    /// <summary>All in one colour.</summary>
    public static MapGroups None { get; } = new([], []);
}
