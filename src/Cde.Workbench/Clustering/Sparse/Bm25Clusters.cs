namespace Cde.Workbench.Clustering;

/// <summary>
/// Clusters of training pairs by their words, without a model: cde's clustering embedder <c>bm25</c> (Morris and Rush 2024, their code's <c>paired_kmeans_sparse</c>). A query's row
/// counts its words, a document's has their BM25 weights, and k-means puts a query with the documents that BM25 finds for it. Pairs of one cluster share rare words.
/// </summary>
public static class Bm25Clusters
{
    /// <summary>The name that stands in place of a model.</summary>
    public const string ModelName = "bm25";

    /// <summary>Clusters pairs: text i of both is pair i. The result does not depend on the number of threads.</summary>
    /// <param name="queries">N texts.</param>
    /// <param name="documents">N texts.</param>
    /// <param name="options">How; cde's values where left out.</param>
    /// <param name="cache">Where clusters are kept; null for none.</param>
    /// <param name="progress">Told in documents, then in clusters, then in iterations.</param>
    /// <param name="cancellationToken">Stops between blocks of pairs.</param>
    /// <returns>ceil(N / cluster size) clusters, some of which may be empty.</returns>
    /// <exception cref="CdeException">There are no pairs, the counts differ, or an option is out of its range.</exception>
    public static ClusterAssignment Of(
        IReadOnlyList<string> queries, IReadOnlyList<string> documents, Bm25ClusterOptions? options = null, ClusterCache? cache = null,
        IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        options.Validate();
        if (queries.Count != documents.Count)
            throw new CdeException($"clusters by words: {queries.Count} queries and {documents.Count} documents; pairs need a document for each query");
        if (queries.Count == 0)
            throw new CdeException("there are no pairs to cluster");
        var (asked, answers) = Bm25Rows.Of(queries, documents, options.Words, progress, cancellationToken);
        return cache?.GetOrMakeLabels(Key(asked, answers, options), Fit) ?? Fit();

        ClusterAssignment Fit()
        {
            var labels = SparsePairedKMeans.Fit(asked, answers, options, progress, cancellationToken).Labels;
            return new ClusterAssignment(labels, (labels.Length + options.ClusterSize - 1) / options.ClusterSize);
        }
    }

    /// <summary>Clusters the pairs of each domain alone: how rare a word is counts within the domain, too.</summary>
    /// <param name="queries">N texts.</param>
    /// <param name="documents">N texts.</param>
    /// <param name="domains">Which domain each pair is of.</param>
    /// <param name="options">How; cde's values where left out.</param>
    /// <param name="cache">Where clusters are kept, those of each domain for themselves; null for none.</param>
    /// <param name="progress">Told in documents, then in clusters, then in iterations, domain after domain.</param>
    /// <param name="cancellationToken">Stops between blocks of pairs.</param>
    /// <returns>The clusters, numbered domain after domain; pairs of no domain are in none.</returns>
    /// <exception cref="CdeException">The counts differ, or an option is out of its range.</exception>
    public static ClusterAssignment WithinDomains(
        IReadOnlyList<string> queries, IReadOnlyList<string> documents, ClusterAssignment domains, Bm25ClusterOptions? options = null, ClusterCache? cache = null,
        IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (queries.Count != domains.Count || documents.Count != domains.Count)
            throw new CdeException($"clusters within domains: {queries.Count} queries, {documents.Count} documents and domains of {domains.Count} pairs; give one of each for a pair");
        return DomainClusters.Joined(domains, rows =>
            Of([.. rows.Select(row => queries[row])], [.. rows.Select(row => documents[row])], options, cache, progress, cancellationToken));
    }

    /// <summary>The key of clusters of these rows: their numbers count, not the texts.</summary>
    private static string Key(SparseRows queries, SparseRows documents, Bm25ClusterOptions options)
    {
        using var hash = ContentHash.Build();
        hash.Add("cde-bm25-clusters-1").Add(options.Key());
        queries.AddTo(hash);
        documents.AddTo(hash);
        return hash.ToHash();
    }
}
