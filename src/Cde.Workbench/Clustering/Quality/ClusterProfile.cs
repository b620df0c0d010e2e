namespace Cde.Workbench.Clustering;

/// <summary>A point and how far it is from its cluster's centre.</summary>
/// <param name="Row">The point.</param>
/// <param name="Distance">1 - cosine, or the Euclidean distance.</param>
public sealed record ClusterMember(int Row, double Distance);

/// <summary>Another cluster and how far its centre is.</summary>
/// <param name="Cluster">The other cluster.</param>
/// <param name="Distance">1 - cosine of the centres, or their Euclidean distance.</param>
public sealed record NearCluster(int Cluster, double Distance);

/// <summary>What a cluster is like. Its centre is the mean of its points, normalised for cosines.</summary>
/// <param name="Cluster">Its number.</param>
/// <param name="Size">Points in it.</param>
/// <param name="MeanDistance">Of its points to its centre; NaN where it has none.</param>
/// <param name="Representatives">The points nearest to the centre, nearest first.</param>
/// <param name="Outliers">The points furthest from the centre, furthest first.</param>
/// <param name="Nearest">The clusters with the nearest centres, nearest first.</param>
public sealed record ClusterProfile(
    int Cluster, int Size, double MeanDistance, IReadOnlyList<ClusterMember> Representatives, IReadOnlyList<ClusterMember> Outliers, IReadOnlyList<NearCluster> Nearest);
