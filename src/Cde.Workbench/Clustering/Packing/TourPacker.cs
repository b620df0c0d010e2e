using Cde.Workbench.Embedding;
using Cde.Workbench.Search;

namespace Cde.Workbench.Clustering;

/// <summary>
/// Clusters along a greedy tour: from a random one to the nearest that is left, and so on, by the Euclidean distance of their centres. Batches of several
/// small clusters then hold clusters that resemble each other, which makes them harder. Time is O(k^2 m) a tour.
/// </summary>
public sealed class TourPacker : ClusterPacker
{
    /// <summary>The name that commands and configurations use.</summary>
    public const string PackerName = "tour";

    private readonly ITourCentres _centres;

    private TourPacker(ClusterAssignment clusters, ITourCentres centres)
        : base(clusters)
    {
        _centres = centres;
    }

    /// <inheritdoc/>
    public override string Name => PackerName;

    /// <summary>A packer whose centres are the means of the clusters' documents.</summary>
    /// <param name="clusters">The clusters of pairs.</param>
    /// <param name="documents">(N, d): row i is the document of pair i.</param>
    /// <param name="components">Dimensions that the centres are reduced to where they are wider and more; 0 to take them as they are.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    /// <exception cref="CdeException">The counts differ.</exception>
    public static TourPacker Of(ClusterAssignment clusters, EmbeddingMatrix documents, int components = 256, CancellationToken cancellationToken = default)
    {
        if (documents.Count != clusters.Count)
            throw new CdeException($"packing clusters: {documents.Count} vectors, but {clusters.Count} cluster labels; take the vectors that were clustered");
        var centres = ClusterMeans.Of(documents, clusters);
        if (components == 0 || documents.Dimension <= components || clusters.Clusters <= components)
            return new TourPacker(clusters, new DenseCentres(centres, documents.Dimension));
        var points = new ArrayPoints(centres, documents.Dimension, cluster => $"cluster {cluster}");
        var svd = TruncatedSvd.Fit(points, components, clusters.Clusters, cancellationToken);
        return new TourPacker(clusters, new DenseCentres(svd.Apply(points, cancellationToken), components));
    }

    /// <summary>
    /// A packer whose centres are the means of the clusters' documents as BM25 weighs their words, for clusters that no model made. Documents count alike, as vectors of a model do: the
    /// row of each is divided by its length.
    /// </summary>
    /// <param name="clusters">The clusters of pairs.</param>
    /// <param name="documents">N texts: text i is the document of pair i.</param>
    /// <param name="options">k1, b, how words are split, and how many threads work; the tours do not depend on the threads.</param>
    /// <param name="progress">Told in documents.</param>
    /// <param name="cancellationToken">Stops between documents.</param>
    /// <exception cref="CdeException">The counts differ, or a parameter is out of its range.</exception>
    public static TourPacker Of(
        ClusterAssignment clusters, IReadOnlyList<string> documents, Bm25Options? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (documents.Count != clusters.Count)
            throw new CdeException($"packing clusters: {documents.Count} documents, but {clusters.Count} cluster labels; take the documents that were clustered");
        var words = (options ?? new()).Check();
        var rows = Bm25Rows.OfDocuments(documents, words, progress, cancellationToken).Normalized();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = words.Threads == 0 ? Environment.ProcessorCount : words.Threads, CancellationToken = cancellationToken };
        return new TourPacker(clusters, new SparseCentres(SparseMeans.Of(rows, clusters, null, parallel)));
    }

    /// <inheritdoc/>
    public override int[] Order(IReadOnlyList<int> among, ReadOnlySpan<long> seed, CancellationToken cancellationToken = default)
    {
        if (among.Count == 0)
            return [];
        int[] left = [.. among.Order()];
        var tour = new int[left.Length];
        var current = SeededRandom.For(seed).Below(left.Length);
        for (var taken = 0; taken < tour.Length; taken++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var from = left[current];
            (tour[taken], left[current]) = (from, -1);
            if (taken + 1 < tour.Length)
                current = _centres.Nearest(left, from);
        }

        return tour;
    }
}
