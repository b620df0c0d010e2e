using Cde.Workbench.Embedding;

namespace Cde.Workbench.Clustering;

/// <summary>How pairs of queries and documents are clustered. The defaults are cde's.</summary>
public sealed record PairedKMeansOptions
{
    /// <summary>Pairs a cluster: k is the number of pairs divided by this, rounded up.</summary>
    /// <value>Default: 256. Clusters are not all of one size.</value>
    public int ClusterSize { get; init; } = 256;

    /// <summary>Dimensions that queries and documents are reduced to first; 0 to take them as they are.</summary>
    /// <value>Default: 128. Vectors that are not wider are taken as they are.</value>
    public int Components { get; init; } = 128;

    /// <summary>How many of the first queries the reduction is fitted on.</summary>
    /// <value>Default: 100,000.</value>
    public int FitRows { get; init; } = 100_000;

    /// <summary>How k-means runs; its number of clusters and metric are not used.</summary>
    /// <value>Default: 100 iterations, 3 restarts from random pairs, seed 42, on all pairs.</value>
    public KMeansOptions KMeans { get; init; } = new() { Start = KMeansStart.Random };

    /// <summary>Checks every range.</summary>
    /// <exception cref="CdeException">Names the first option that is out of range.</exception>
    public void Validate()
    {
        if (ClusterSize < 1)
            throw new CdeException($"clusters of pairs: ClusterSize is {ClusterSize}; it must be 1 or more");
        if (Components < 0)
            throw new CdeException($"clusters of pairs: Components is {Components}; it must be 0 or more");
        if (FitRows < 1)
            throw new CdeException($"clusters of pairs: FitRows is {FitRows}; it must be 1 or more");
        KMeans.Validate();
    }

    /// <summary>A text that names everything the result depends on, for hashes.</summary>
    internal string Key() => $"pairs, size {ClusterSize}, components {Components}, rows {FitRows}, {(KMeans with { Clusters = 1, Metric = ClusterMetric.Cosine }).Key()}";
}

/// <summary>
/// Clusters of training pairs (Morris and Rush 2024, 4.1): spherical k-means on [q ; d] and its mirror image [d ; q], of which the first
/// decides a pair's cluster. Pairs of one cluster are hard negatives for each other.
/// </summary>
public static class PairedKMeans
{
    /// <summary>Clusters pairs: row i of both matrices is pair i.</summary>
    /// <param name="queries">(N, d).</param>
    /// <param name="documents">(N, d), by the same model.</param>
    /// <param name="options">How; cde's values where left out.</param>
    /// <param name="progress">Told after each iteration.</param>
    /// <param name="cancellationToken">Stops between blocks of pairs.</param>
    /// <returns>The clusters; centroids are of twice the reduced width.</returns>
    /// <exception cref="CdeException">The matrices differ in count or width, or a row holds NaN or infinity; the rows are named.</exception>
    public static KMeansResult Fit(
        EmbeddingMatrix queries, EmbeddingMatrix documents, PairedKMeansOptions? options = null,
        IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (queries.Provenance.ModelHash != documents.Provenance.ModelHash)
            throw new CdeException($"queries are embedded by {queries.Provenance.ModelName}, documents by {documents.Provenance.ModelName}; only vectors of one model compare, embed one side again");
        return Fit(new MatrixPoints(queries), new MatrixPoints(documents), options ?? new(), progress, cancellationToken);
    }

    /// <inheritdoc cref="Fit(EmbeddingMatrix, EmbeddingMatrix, PairedKMeansOptions?, IProgress{WorkProgress}?, CancellationToken)"/>
    internal static KMeansResult Fit(
        IPoints queries, IPoints documents, PairedKMeansOptions options, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        options.Validate();
        if (queries.Count != documents.Count || queries.Dimension != documents.Dimension)
        {
            throw new CdeException(
                $"pairs need a document for each query: {queries.Count} queries of width {queries.Dimension}, {documents.Count} documents of width {documents.Dimension}");
        }

        if (queries.Count == 0)
            throw new CdeException("there are no pairs to cluster");
        var clusters = (queries.Count + options.ClusterSize - 1) / options.ClusterSize;
        if (options.Components > 0 && options.Components < queries.Dimension)
        {
            var svd = TruncatedSvd.Fit(queries, options.Components, options.FitRows, cancellationToken);
            (queries, documents) = (Reduce(svd, queries, cancellationToken), Reduce(svd, documents, cancellationToken));
        }

        var pairs = new PairPoints(queries, documents);
        var settings = options.KMeans with { Clusters = clusters, Metric = ClusterMetric.Cosine };
        return KMeans.Fit(pairs, pairs.Pairs, settings, null, progress, cancellationToken);
    }

    private static UnitPoints Reduce(TruncatedSvd svd, IPoints points, CancellationToken cancellationToken) =>
        new(new ArrayPoints(svd.Apply(points, cancellationToken), svd.Components, points.Name));
}
