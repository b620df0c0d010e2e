using Cde.Workbench.Embedding;

namespace Cde.Workbench.Clustering;

/// <summary>
/// The k nearest other points of every point, exactly. Matrix products in float32 find candidates, each pair once; sums in double decide what comes
/// near enough: neither block sizes nor threads nor the kind of multiplication can change a list.
/// </summary>
/// <remarks>Time is O(N^2 d); memory 12 bytes times N k for the lists, and blocks of some 14 MiB at width 384.</remarks>
public static class NearestNeighbours
{
    /// <summary>Finds neighbours among the rows of matrices.</summary>
    /// <param name="vectors">Matrices of one width.</param>
    /// <param name="neighbours">k, below the number of rows.</param>
    /// <param name="metric">How far two points are; for cosines rows are normalised here.</param>
    /// <param name="progress">Told in pairs of points.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    /// <exception cref="CdeException">There are not enough rows, or one holds NaN or infinity; the rows are named.</exception>
    public static NeighbourGraph Find(
        IReadOnlyList<EmbeddingMatrix> vectors, int neighbours, ClusterMetric metric = ClusterMetric.Cosine, IProgress<WorkProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Find(MapVectors.Of(vectors, metric), neighbours, metric, progress, cancellationToken);

    /// <summary>As the public one, of points that are unit vectors already for cosines.</summary>
    internal static NeighbourGraph Find(IPoints points, int neighbours, ClusterMetric metric, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(neighbours);
        if (neighbours >= points.Count)
            throw new CdeException($"{neighbours} neighbours among {points.Count} points; ask for {points.Count - 1} at most");
        return new NeighbourScan(points, neighbours, cancellationToken).Run(progress).ToGraph(metric);
    }
}
