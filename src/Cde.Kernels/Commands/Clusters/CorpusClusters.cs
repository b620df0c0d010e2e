using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Clustering;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;

namespace Cde.Kernels.Commands;

/// <summary>Clusters of a corpus as commands find and name them.</summary>
internal static class CorpusClusters
{
    // Its second factor is negative for words more frequent than a cluster is long: in large corpora such words name nothing, in any language.
    private static ClassTfidf Weighting { get; } = new(UseBm25: true);

    /// <summary>Refuses more clusters than documents.</summary>
    /// <param name="option">The option that asks for them.</param>
    /// <param name="asked">How many; 0 for <see cref="SquareRoot"/>.</param>
    /// <param name="corpus">The documents.</param>
    /// <exception cref="CdeException">There are fewer documents.</exception>
    public static void Check(string option, int asked, Corpus corpus)
    {
        if (asked > corpus.Count)
            throw new CdeException($"{option} {asked}: {corpus.Name} has {corpus.Count} documents; ask for that many clusters at most");
    }

    /// <summary>How many clusters so many documents have where nobody says.</summary>
    public static int SquareRoot(int documents) => Math.Max(1, (int)Math.Round(Math.Sqrt(documents)));

    /// <summary>Clusters by spherical k-means, from the cache or made now.</summary>
    /// <param name="matrix">A vector a document.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">Of the starts.</param>
    /// <param name="session">Where progress goes.</param>
    /// <param name="cancellation">Stops.</param>
    public static ClusterAssignment KMeans(EmbeddingMatrix matrix, int count, long seed, Session session, CancellationToken cancellation) =>
        ClusterCache.Default.KMeans(matrix, new KMeansOptions { Clusters = count, Seed = seed }, session.Progress, cancellation).Assignment;

    /// <summary>Finds many small clusters by spherical k-means, from the cache or made now, and merges those with the nearest centres (mean linkage, weighted by size).</summary>
    /// <param name="matrix">A vector a document.</param>
    /// <param name="count">How many clusters are left.</param>
    /// <param name="seed">Of the starts.</param>
    /// <param name="session">Where progress goes.</param>
    /// <param name="cancellation">Stops.</param>
    public static ClusterAssignment Merged(EmbeddingMatrix matrix, int count, long seed, Session session, CancellationToken cancellation)
    {
        const int Parts = 8; // small clusters that a merged one is made of
        var small = Math.Min(matrix.Count, Math.Max(Parts * count, 64));
        var found = ClusterCache.Default.KMeans(matrix, new KMeansOptions { Clusters = small, Seed = seed }, session.Progress, cancellation);
        var merged = Agglomeration.OfCentroids(found).Cut(count);
        return new ClusterAssignment([.. found.Assignment.Labels.Select(label => merged[label])], count);
    }

    /// <summary>The words that name each cluster, best first.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Words(ClusterAssignment assignment, Corpus corpus, int words, bool splitIdentifiers, CancellationToken cancellation) =>
        [.. ClusterLabels.Of(assignment, row => corpus[row].FullText, words, splitIdentifiers, Weighting, leavesOutFillers: true, cancellation).Select(found => (IReadOnlyList<string>)[.. found.Select(word => word.Word)])];
}
