using Cde.Kernels.Hosting;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;

namespace Cde.Kernels.Commands;

/// <summary>Maps the documents of a corpus in two dimensions, and says how far the map can be believed.</summary>
public sealed class MapCommand : Command<MapOptions, MapResult>
{
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
        var domains = options.ColorBy == MapOptions.ByDomain ? MapGroups.ByDomain(session, options.Corpus, corpus) : null;
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
                var groups = domains ?? (options.ColorBy == MapOptions.ByCluster ? MapGroups.ByCluster(documents, corpus, options, model.SplitIdentifiers, session, cancellation) : MapGroups.None);
                return new MapResult(corpus, queries, options.Method, made, groups) { Provenance = Loading.Provenance(options, model, corpus, context) };
            },
            cancellation).ConfigureAwait(false);
    }
}
