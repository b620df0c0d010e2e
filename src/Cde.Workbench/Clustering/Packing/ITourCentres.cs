namespace Cde.Workbench.Clustering;

/// <summary>The centres of clusters that a tour goes along.</summary>
internal interface ITourCentres
{
    /// <summary>The place of the cluster that is nearest by Euclidean distance, the first on a tie.</summary>
    /// <param name="left">Numbers of clusters that are left, at least one; -1 where one was taken.</param>
    /// <param name="from">The cluster to go from.</param>
    int Nearest(int[] left, int from);
}
