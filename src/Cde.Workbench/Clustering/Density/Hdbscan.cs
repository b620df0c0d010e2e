using Cde.Workbench.Embedding;

namespace Cde.Workbench.Clustering;

/// <summary>
/// Density clustering (HDBSCAN*; Campello, Moulavi and Sander 2013, McInnes and Healy 2017): clusters of any shape and number, and points that are
/// in none.
/// </summary>
/// <remarks>
/// Exact: time is O(N^2 d), memory the points and some 40 bytes a point; 20,000 points of 50 numbers take some seconds. Reduce wide vectors first
/// (<see cref="TruncatedSvd"/>): densities mean little in many dimensions. Distances are sums in double, so that equal points give equal clusters everywhere.
/// </remarks>
public static class Hdbscan
{
    /// <summary>Clusters the rows of a matrix.</summary>
    /// <param name="matrix">The points.</param>
    /// <param name="options">How; the package's defaults where left out.</param>
    /// <param name="progress">Told in points.</param>
    /// <param name="cancellationToken">Stops between points.</param>
    /// <exception cref="CdeException">There are fewer points than a cluster needs, or a row holds NaN or infinity; the rows are named.</exception>
    public static HdbscanResult Fit(
        EmbeddingMatrix matrix, HdbscanOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Fit(new MatrixPoints(matrix), options ?? new(), progress, cancellationToken);

    /// <inheritdoc cref="Fit(EmbeddingMatrix, HdbscanOptions?, IProgress{WorkProgress}?, CancellationToken)"/>
    internal static HdbscanResult Fit(IPoints points, HdbscanOptions options, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        options.Validate();
        if (points.Count < options.MinClusterSize)
            throw new CdeException($"HDBSCAN: {points.Count} points, and a cluster has at least {options.MinClusterSize}; ask for smaller clusters");
        var rows = ReadAll(options.Metric == ClusterMetric.Cosine ? new UnitPoints(points) : points, cancellationToken);
        var tree = ReachabilityTree.Build(rows, points.Dimension, options.MinSamples ?? options.MinClusterSize, progress, cancellationToken);
        var condensed = CondensedTree.Of(tree, options.MinClusterSize);
        return DensityLabels.Of(condensed, StableClusters.Select(condensed, options), options);
    }

    private static float[] ReadAll(IPoints points, CancellationToken cancellationToken)
    {
        using var blocks = new PointBlocks(points, 0, 2048, cancellationToken); // names rows that are no numbers
        var rows = new float[checked(points.Count * points.Dimension)];
        points.Read(0, rows);
        return rows;
    }
}
