using System.Runtime.InteropServices;
using Cde.Workbench.Embedding;

namespace Cde.Workbench.Clustering;

/// <summary>Clusters of pairs inside each domain: no cluster holds pairs of two domains.</summary>
public static class DomainClusters
{
    /// <summary>Clusters the pairs of each domain alone, as <see cref="PairedKMeans"/> does.</summary>
    /// <param name="queries">(N, d).</param>
    /// <param name="documents">(N, d), by the same model.</param>
    /// <param name="domains">Which domain each pair is of.</param>
    /// <param name="options">How; cde's values where left out.</param>
    /// <param name="cache">Where clusters are kept; null for none.</param>
    /// <param name="progress">Told after each iteration.</param>
    /// <param name="cancellationToken">Stops between blocks of pairs.</param>
    /// <returns>The clusters, numbered domain after domain; pairs of no domain are in none.</returns>
    /// <exception cref="CdeException">The counts differ, or a row holds NaN or infinity; the rows are named.</exception>
    public static ClusterAssignment Of(
        EmbeddingMatrix queries, EmbeddingMatrix documents, ClusterAssignment domains, PairedKMeansOptions? options = null, ClusterCache? cache = null,
        IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        if (queries.Count != domains.Count || documents.Count != domains.Count)
            throw new CdeException($"clusters within domains: {queries.Count} queries, {documents.Count} documents and domains of {domains.Count} pairs; give one of each for a pair");
        var vectors = cache is null ? "" : ClusterCache.Key([queries, documents], options.Key());
        return Joined(domains, rows => (cache?.GetOrMake(Key(vectors, rows), () => Fit(rows)) ?? Fit(rows)).Assignment);

        KMeansResult Fit(int[] rows) => PairedKMeans.Fit(
            new SomePoints(new MatrixPoints(queries), rows), new SomePoints(new MatrixPoints(documents), rows), options, progress, cancellationToken);
    }

    /// <summary>The clusters of each domain, numbered domain after domain; pairs of no domain are in none.</summary>
    /// <param name="domains">Which domain each pair is of.</param>
    /// <param name="cluster">Clusters the pairs of a domain, given as their rows.</param>
    internal static ClusterAssignment Joined(ClusterAssignment domains, Func<int[], ClusterAssignment> cluster)
    {
        var labels = new int[domains.Count];
        Array.Fill(labels, ClusterAssignment.Noise);
        var clusters = 0;
        for (var domain = 0; domain < domains.Clusters; domain++)
        {
            int[] rows = [.. domains.Members(domain)];
            if (rows.Length == 0)
                continue;
            var found = cluster(rows);
            for (var i = 0; i < rows.Length; i++)
                labels[rows[i]] = clusters + found.Labels[i];
            clusters += found.Clusters;
        }

        return new ClusterAssignment(labels, clusters);
    }

    private static string Key(string vectors, int[] rows)
    {
        using var hash = ContentHash.Build();
        return hash.Add("cde-domain-clusters-1").Add(vectors).Add(MemoryMarshal.AsBytes<int>(rows)).ToHash();
    }
}
