using Cde.Workbench.Embedding;

namespace Cde.Workbench.Clustering;

/// <summary>
/// k-means: spherical (cosines of unit vectors; Dhillon and Modha 2001) or Euclidean, several restarts, empty clusters repaired.
/// </summary>
/// <remarks>
/// Assignments are decided by sums in double where float32 cannot tell, centroids are summed in double in the order of the points: the result depends
/// on the points and the options alone, not on threads, blocks or the kind of matrix multiplication. Memory is the points up to
/// <see cref="KMeansOptions.MemoryBytes"/>, 12 k d bytes, 4 bytes a point and a block of scores (some 4 MiB).
/// </remarks>
public static class KMeans
{
    /// <summary>Clusters the rows of a matrix.</summary>
    /// <param name="matrix">The points; for cosines they are normalised here.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told after each iteration.</param>
    /// <param name="cancellationToken">Stops between blocks of points.</param>
    /// <exception cref="CdeException">There are fewer points than clusters, or a row holds NaN or infinity; the rows are named.</exception>
    public static KMeansResult Fit(
        EmbeddingMatrix matrix, KMeansOptions options, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Fit(new MatrixPoints(matrix), matrix.Count, options, null, progress, cancellationToken);

    /// <summary>Clusters the rows of a matrix from given centroids, (k, d); there is one run and no draw but for splits.</summary>
    /// <inheritdoc cref="Fit(EmbeddingMatrix, KMeansOptions, IProgress{WorkProgress}?, CancellationToken)"/>
    public static KMeansResult Fit(
        EmbeddingMatrix matrix, float[] centroids, KMeansOptions options, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (centroids.LongLength != (long)options.Clusters * matrix.Dimension)
            throw new ArgumentException($"{options.Clusters} centroids of {matrix.Dimension} numbers expected, {centroids.LongLength} numbers found", nameof(centroids));
        return Fit(new MatrixPoints(matrix), matrix.Count, options, centroids, progress, cancellationToken);
    }

    /// <summary>Clusters points; the first <paramref name="assigned"/> of them get labels.</summary>
    internal static KMeansResult Fit(
        IPoints points, int assigned, KMeansOptions options, float[]? first, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        options.Validate();
        if (options.Clusters > points.Count)
            throw new CdeException($"k-means: {options.Clusters} clusters of {points.Count} points; ask for {points.Count} clusters at most");
        if (options.Metric == ClusterMetric.Cosine)
            points = new UnitPoints(points);
        var limit = (long)options.PointsPerCluster * options.Clusters;
        var isSampled = limit > 0 && limit < points.Count;
        var some = isSampled ? new SomePoints(points, new Permutation(points.Count, options.Seed, 0).Sample((int)limit)) : points;
        var best = Train(some, options, first, progress, cancellationToken);
        if (!isSampled && assigned == points.Count)
            return best;
        return best with { Assignment = Assign(points, assigned, best, options, cancellationToken) };
    }

    private static KMeansResult Train(
        IPoints points, KMeansOptions options, float[]? first, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        using var blocks = new PointBlocks(points, options.MemoryBytes, CentroidScorer.BlockRows(options.Clusters), cancellationToken);
        KMeansResult? best = null;
        for (var restart = 0; restart < (first is null ? options.Restarts : 1); restart++)
        {
            var start = first is null ? KMeansStarts.Choose(points, options, restart, cancellationToken) : [.. first];
            var run = new Lloyd(blocks, options, restart).Run(start, progress, cancellationToken);
            if (best is null || (options.Metric == ClusterMetric.Cosine ? run.Objective > best.Objective : run.Objective < best.Objective))
                best = run;
        }

        return best!;
    }

    private static ClusterAssignment Assign(IPoints points, int count, KMeansResult found, KMeansOptions options, CancellationToken cancellationToken)
    {
        var some = count == points.Count ? points : new FirstPoints(points, count);
        using var blocks = new PointBlocks(some, 0, CentroidScorer.BlockRows(options.Clusters), cancellationToken);
        var labels = Lloyd.NoLabels(count);
        Lloyd.Assign(blocks, options.Metric, found.Centroids, labels, null, cancellationToken);
        return new ClusterAssignment(labels, options.Clusters);
    }
}
