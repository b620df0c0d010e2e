namespace Cde.Workbench.Clustering;

/// <summary>How far two groups of points are from each other.</summary>
public enum Linkage
{
    /// <summary>The mean distance between a point of one and a point of the other (UPGMA), points counted by weight.</summary>
    Average,

    /// <summary>The largest distance.</summary>
    Complete,

    /// <summary>The smallest distance.</summary>
    Single,

    /// <summary>What merging adds to the sum of squared distances from the mean (Ward 1963), as its square root; Euclidean distances alone.</summary>
    Ward,
}

/// <summary>Two groups became one.</summary>
/// <param name="First">The group with the lower number: a point, or N + the number of an earlier merge.</param>
/// <param name="Second">The other group.</param>
/// <param name="Distance">How far they were.</param>
/// <param name="Weight">Of the points in the new group.</param>
public sealed record Merge(int First, int Second, double Distance, double Weight);

/// <summary>
/// Agglomerative clustering: every point begins as a group, the nearest two groups merge until one is left. Meant for centroids: time is O(k^2 d),
/// memory 8 k^2 bytes.
/// </summary>
/// <remarks>By chains of nearest neighbours (Murtagh 1983), whose merges for these linkages are those of always merging the nearest two.</remarks>
public sealed class Agglomeration
{
    private readonly int _points;

    private Agglomeration(int points, IReadOnlyList<Merge> merges)
    {
        (_points, Merges) = (points, merges);
    }

    /// <summary>The merges, by rising distance.</summary>
    public IReadOnlyList<Merge> Merges { get; }

    /// <summary>Merges the centroids of k-means, each weighted by its cluster's size; clusters without points count as one.</summary>
    /// <param name="clusters">The clusters.</param>
    /// <param name="linkage">How far two groups are; <see cref="Linkage.Ward"/> measures Euclidean distances, the others as k-means did.</param>
    /// <exception cref="CdeException">There are more than 20,000 clusters.</exception>
    public static Agglomeration OfCentroids(KMeansResult clusters, Linkage linkage = Linkage.Average) => Of(
        clusters.Centroids, clusters.Dimension, linkage, linkage == Linkage.Ward ? ClusterMetric.Euclidean : clusters.Metric,
        [.. clusters.Assignment.Sizes.Select(size => (double)Math.Max(1, size))]);

    /// <summary>Merges points.</summary>
    /// <param name="points">(k, d), row by row.</param>
    /// <param name="dimension">d.</param>
    /// <param name="linkage">How far two groups are.</param>
    /// <param name="metric">How far two points are: 1 - cosine, or the Euclidean distance.</param>
    /// <param name="weights">Of each point, above 0; 1 each where left out.</param>
    /// <exception cref="CdeException">There are more than 20,000 points, or Ward's linkage is asked for with cosines.</exception>
    public static Agglomeration Of(float[] points, int dimension, Linkage linkage, ClusterMetric metric, IReadOnlyList<double>? weights = null)
    {
        const int Most = 20_000; // 3.2 GB of distances
        var count = points.Length / dimension;
        if (count > Most)
            throw new CdeException($"agglomerative clustering: {count} points, at most {Most} (the distances take 8 k^2 bytes); cluster with k-means first and merge its centroids");
        if (linkage == Linkage.Ward && metric != ClusterMetric.Euclidean)
            throw new CdeException("agglomerative clustering: Ward's linkage needs Euclidean distances; choose another linkage or metric");
        return new Agglomeration(count, NeighbourChain.Merge(Distances(points, dimension, metric), count, linkage, weights ?? [.. Enumerable.Repeat(1.0, count)]));
    }

    /// <summary>The groups when there are so many left, numbered by their first point.</summary>
    /// <param name="groups">From 1 to the number of points.</param>
    public int[] Cut(int groups)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(groups);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(groups, Math.Max(1, _points));
        return Labels(Merges.Take(_points - groups));
    }

    /// <summary>The groups after every merge up to a distance, numbered by their first point.</summary>
    public int[] CutAt(double distance) => Labels(Merges.TakeWhile(merge => merge.Distance <= distance));

    private int[] Labels(IEnumerable<Merge> merges)
    {
        var groups = new DisjointSets(_points);
        var representative = new List<int>(Enumerable.Range(0, _points));
        foreach (var merge in merges)
            representative.Add(groups.Join(representative[merge.First], representative[merge.Second]));
        var number = new Dictionary<int, int>();
        var labels = new int[_points];
        for (var point = 0; point < _points; point++)
        {
            var root = groups.Find(point);
            if (!number.TryGetValue(root, out labels[point]))
                number.Add(root, labels[point] = number.Count);
        }

        return labels;
    }

    private static double[] Distances(float[] points, int dimension, ClusterMetric metric)
    {
        var rows = metric == ClusterMetric.Cosine ? [.. points] : points;
        var count = points.Length / dimension;
        for (var i = 0; metric == ClusterMetric.Cosine && i < count; i++)
            UnitPoints.Normalize(rows.AsSpan(i * dimension, dimension));
        var distances = new double[(long)count * count];
        Parallel.For(0, count, i =>
        {
            for (var j = 0; j < count; j++)
            {
                var (a, b) = (Math.Min(i, j), Math.Max(i, j)); // both triangles from the same sum
                var square = ExactDistance.Squared(rows.AsSpan(a * dimension, dimension), rows.AsSpan(b * dimension, dimension));
                distances[((long)i * count) + j] = metric == ClusterMetric.Cosine ? square / 2 : Math.Sqrt(square); // |a - b|^2 / 2 = 1 - a.b
            }
        });
        return distances;
    }
}
