using Cde.Workbench.Embedding;

namespace Cde.Workbench.Clustering;

/// <summary>
/// Silhouettes (Rousseeuw 1987): (b - a) / max(a, b), where a is a point's mean distance to the others of its cluster and b the smallest mean
/// distance to the points of another; 0 for a point alone in its cluster. 1 is well inside, 0 between two clusters, below 0 in the wrong one.
/// </summary>
/// <param name="Rows">The points that were looked at, ascending.</param>
/// <param name="Values">The silhouette of each.</param>
public sealed record Silhouette(IReadOnlyList<int> Rows, IReadOnlyList<double> Values)
{
    /// <summary>Points looked at where nothing else is said.</summary>
    public const int DefaultSample = 5000;

    /// <summary>The mean over the points that were looked at.</summary>
    public double Mean => Values.Average();

    /// <summary>The standard error of <see cref="Mean"/> from looking at a sample; 0 where every point was looked at.</summary>
    public double StandardError { get; private init; }

    /// <summary>The mean over each cluster's points that were looked at; NaN where none was.</summary>
    public IReadOnlyList<double> ByCluster { get; private init; } = [];

    /// <summary>
    /// Computes silhouettes in double. Points in no cluster are left out. By cosine a point costs O(K d), since its mean distance to a cluster
    /// follows from the cluster's sum; by Euclidean distance O(N d).
    /// </summary>
    /// <param name="matrix">The points.</param>
    /// <param name="assignment">Their clusters; at least two with points.</param>
    /// <param name="metric">1 - cosine, or the Euclidean distance.</param>
    /// <param name="sample">How many random points are looked at; all where there are fewer.</param>
    /// <param name="seed">Of the sample.</param>
    /// <param name="cancellationToken">Stops between points.</param>
    /// <exception cref="CdeException">There are fewer than two clusters with points, or the counts differ.</exception>
    public static Silhouette Of(
        EmbeddingMatrix matrix, ClusterAssignment assignment, ClusterMetric metric = ClusterMetric.Cosine, int sample = DefaultSample, long seed = 42,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sample);
        if (matrix.Count != assignment.Count)
            throw new CdeException($"{matrix.Count} vectors, but {assignment.Count} cluster labels; take the labels of these vectors");
        if (assignment.Sizes.Count(size => size > 0) < 2)
            throw new CdeException("silhouettes need two clusters with points; ask for more clusters");
        var clustered = Enumerable.Range(0, matrix.Count).Where(row => assignment.Labels[row] >= 0).ToArray();
        var isSampled = sample < clustered.Length;
        int[] rows = isSampled ? [.. new Permutation(clustered.Length, seed, 4).Sample(sample).Select(place => clustered[place])] : clustered;
        IMeanDistances distances = metric == ClusterMetric.Cosine ? new MeanCosineDistances(matrix, assignment) : new MeanEuclideanDistances(matrix, assignment);
        var values = new double[rows.Length];
        Parallel.For(0, rows.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            Span<double> means = assignment.Clusters <= 1024 ? stackalloc double[assignment.Clusters] : new double[assignment.Clusters];
            distances.Of(rows[i], means);
            values[i] = Value(means, assignment, assignment.Labels[rows[i]]);
        });
        return new Silhouette(rows, values)
        {
            StandardError = isSampled ? Deviation(values) / Math.Sqrt(values.Length) * Math.Sqrt(1 - ((double)sample / clustered.Length)) : 0,
            ByCluster = Means(rows, values, assignment),
        };
    }

    private static double Value(ReadOnlySpan<double> means, ClusterAssignment assignment, int own)
    {
        if (assignment.Sizes[own] == 1)
            return 0;
        var other = double.PositiveInfinity;
        for (var k = 0; k < means.Length; k++)
        {
            if (k != own && assignment.Sizes[k] > 0)
                other = Math.Min(other, means[k]);
        }

        var larger = Math.Max(means[own], other);
        return larger > 0 ? (other - means[own]) / larger : 0;
    }

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return values.Length < 2 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }

    private static double[] Means(int[] rows, double[] values, ClusterAssignment assignment)
    {
        var (sums, counts) = (new double[assignment.Clusters], new int[assignment.Clusters]);
        for (var i = 0; i < rows.Length; i++)
        {
            sums[assignment.Labels[rows[i]]] += values[i];
            counts[assignment.Labels[rows[i]]]++;
        }

        return [.. sums.Zip(counts, (sum, count) => count > 0 ? sum / count : double.NaN)];
    }
}
