using Cde.Kernels.Hosting;
using Cde.Workbench.Clustering;
using Cde.Workbench.Contexts;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;

namespace Cde.Kernels.Commands;

/// <summary>Clusters a corpus, names the clusters by their words, and shows them.</summary>
public sealed class ClustersCommand : Command<ClustersOptions, ClustersResult>
{
    /// <inheritdoc/>
    public override string Name => "clusters";

    /// <inheritdoc/>
    public override string Summary => "Cluster a corpus, label the clusters and show them";

    /// <inheritdoc/>
    public override string Description =>
        "Embeds the corpus, clusters the vectors by spherical k-means, by merging the centres of many small clusters, or by density (HDBSCAN), and names each cluster by the words that its documents use and others' do "
        + "not. Vectors and clusters are cached: the same command again is quick. --json has the cluster of every document.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
        ["clusters --corpus dotnet-api/System.Text.Json --count 12", "clusters --corpus dotnet-api/System.Net.Mail --method density --min-size 8", "clusters --corpus articles.csv --field section"];

    /// <inheritdoc/>
    public override async Task<ClustersResult> RunAsync(ClustersOptions options, Session session, CancellationToken cancellation)
    {
        var corpus = session.Corpus(options.Corpus);
        CorpusClusters.Check("--count", options.Count, corpus);
        var model = session.Model(options);
        var context = await session.ContextAsync(options, model, corpus, cancellation).ConfigureAwait(false);
        using var embedder = Loading.Embedder(model, context);
        using var matrix = await embedder.EmbedAsync(corpus, new EmbedOptions { Cache = EmbeddingCache.Default }, session.Progress, cancellation).ConfigureAwait(false);
        return await Task.Run(() => Cluster(corpus, matrix, options, session, model.SplitIdentifiers, cancellation), cancellation).ConfigureAwait(false) with
        {
            Provenance = Loading.Provenance(options, model, corpus, context),
        };
    }

    private static ClustersResult Cluster(Corpus corpus, EmbeddingMatrix matrix, ClustersOptions options, Session session, bool splitIdentifiers, CancellationToken cancellation)
    {
        var count = options.Count > 0 ? options.Count : CorpusClusters.SquareRoot(corpus.Count);
        var assignment = options.Method switch
        {
            ClustersOptions.Density => Hdbscan.Fit(matrix, new HdbscanOptions { MinClusterSize = options.MinSize, Metric = ClusterMetric.Cosine }, session.Progress, cancellation).Assignment,
            ClustersOptions.Agglomerative => CorpusClusters.Merged(matrix, count, options.Seed, session, cancellation),
            _ => CorpusClusters.KMeans(matrix, count, options.Seed, session, cancellation),
        };
        var profiles = ClusterProfiles.Of(matrix, assignment, members: options.Examples, nearest: 2, cancellationToken: cancellation);
        var words = CorpusClusters.Words(assignment, corpus, options.Words, options.SplitIdentifiers || splitIdentifiers, cancellation);
        var silhouette = assignment.Sizes.Count(size => size > 0) < 2 ? null : Silhouette.Of(matrix, assignment, seed: options.Seed, cancellationToken: cancellation);
        var clusters = profiles.Where(profile => profile.Size > 0).OrderByDescending(profile => profile.Size).ThenBy(profile => profile.Cluster).Select(profile => new ShownCluster(
            profile.Cluster, profile.Size, words[profile.Cluster], profile.MeanDistance, silhouette?.ByCluster[profile.Cluster], [.. profile.Nearest.Select(near => near.Cluster)],
            Documents(profile.Representatives), Documents(profile.Outliers)));
        return new ClustersResult(
            corpus.Name, options.Method, [.. clusters], assignment.NoiseCount, silhouette?.Mean, silhouette?.StandardError, assignment.Labels,
            options.Field is { } field ? Agreement(corpus, field, assignment) : null)
        {
            Assignment = assignment,
            Centres = CentreSimilarities.Of(matrix, assignment),
            Shown = options.Show,
        };

        IReadOnlyList<ShownDocument> Documents(IEnumerable<ClusterMember> members) => [.. members.Select(member => new ShownDocument(corpus.GetId(member.Row), corpus[member.Row].FullText))];
    }

    private static FieldAgreement Agreement(Corpus corpus, string field, ClusterAssignment assignment)
    {
        var (strata, values) = FieldStrata.Of(corpus, field);
        int[] rows = [.. Enumerable.Range(0, corpus.Count).Where(row => strata.Labels[row] != ClusterAssignment.Noise)];
        return new FieldAgreement(
            field, values.Count, strata.NoiseCount, LabelAgreement.Of([.. rows.Select(row => strata.Labels[row])], (int[])[.. rows.Select(row => assignment.Labels[row])]));
    }
}
