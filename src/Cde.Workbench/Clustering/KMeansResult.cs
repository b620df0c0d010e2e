namespace Cde.Workbench.Clustering;

/// <summary>Clusters with their centroids.</summary>
/// <param name="Assignment">Which cluster each point is in: its nearest centroid's, the lower number on a tie.</param>
/// <param name="Centroids">(K, d), row by row; unit vectors for cosines.</param>
/// <param name="Dimension">d.</param>
/// <param name="Metric">How near was measured.</param>
/// <param name="Objective">
/// Over the points that centroids were found on. Cosine: the mean cosine with the own centroid, larger is better. Euclidean: the mean squared distance
/// to it, smaller is better.
/// </param>
/// <param name="History">The objective before each update of the run that was kept.</param>
/// <param name="Restart">Which run was kept, from 0.</param>
/// <param name="IsConverged">Whether the run ended because no point moved or the objective stood still, and not for want of iterations.</param>
public sealed record KMeansResult(
    ClusterAssignment Assignment, float[] Centroids, int Dimension, ClusterMetric Metric, double Objective, IReadOnlyList<double> History, int Restart, bool IsConverged)
{
    /// <summary>How long one assignment of all points to their nearest centroids took, on average over the kept run.</summary>
    public TimeSpan AssignmentTime { get; init; }

    /// <summary>A cluster's centroid: d numbers.</summary>
    public ReadOnlySpan<float> Centroid(int cluster) => Centroids.AsSpan(cluster * Dimension, Dimension);
}
