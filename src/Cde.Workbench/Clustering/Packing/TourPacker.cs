using Cde.Workbench.Embedding;

namespace Cde.Workbench.Clustering;

/// <summary>
/// Clusters along a greedy tour: from a random one to the nearest that is left, and so on, by the Euclidean distance of their centres. Batches of several
/// small clusters then hold clusters that resemble each other, which makes them harder. Time is O(k^2 m) a tour.
/// </summary>
public sealed class TourPacker : ClusterPacker
{
    /// <summary>The name that commands and configurations use.</summary>
    public const string PackerName = "tour";

    private const int Chunk = 256; // clusters a thread looks at

    private readonly float[] _centres;
    private readonly int _dimension;

    private TourPacker(ClusterAssignment clusters, float[] centres, int dimension)
        : base(clusters)
    {
        (_centres, _dimension) = (centres, dimension);
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
            return new TourPacker(clusters, centres, documents.Dimension);
        var points = new ArrayPoints(centres, documents.Dimension, cluster => $"cluster {cluster}");
        var svd = TruncatedSvd.Fit(points, components, clusters.Clusters, cancellationToken);
        return new TourPacker(clusters, svd.Apply(points, cancellationToken), components);
    }

    /// <inheritdoc/>
    public override int[] Order(IReadOnlyList<int> among, ReadOnlySpan<long> seed, CancellationToken cancellationToken = default)
    {
        if (among.Count == 0)
            return [];
        int[] left = [.. among.Order()];
        var tour = new int[left.Length];
        var current = SeededRandom.For(seed).Below(left.Length);
        var chunks = (left.Length + Chunk - 1) / Chunk;
        var nearest = new (double Distance, int Place)[chunks];
        for (var taken = 0; taken < tour.Length; taken++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var from = left[current];
            (tour[taken], left[current]) = (from, -1);
            if (chunks == 1)
                nearest[0] = Nearest(left, from, 0);
            else
                Parallel.For(0, chunks, chunk => nearest[chunk] = Nearest(left, from, chunk));
            current = nearest.MinBy(found => found.Distance).Place; // the lowest cluster on a tie
        }

        return tour;
    }

    private (double Distance, int Place) Nearest(int[] left, int from, int chunk)
    {
        var best = (Distance: double.PositiveInfinity, Place: 0);
        for (var place = chunk * Chunk; place < Math.Min(left.Length, (chunk + 1) * Chunk); place++)
        {
            if (left[place] < 0)
                continue;
            var distance = ExactDistance.Squared(Centre(from), Centre(left[place]));
            if (distance < best.Distance)
                best = (distance, place);
        }

        return best;
    }

    private ReadOnlySpan<float> Centre(int cluster) => _centres.AsSpan(cluster * _dimension, _dimension);
}
