namespace Cde.Workbench.Clustering;

/// <summary>
/// In which order clusters follow one another where batches are cut from them: a batch that is larger than a cluster, or stands across the border of two,
/// holds neighbours in this order (Morris and Rush 2024, 4.1).
/// </summary>
public abstract class ClusterPacker
{
    private protected ClusterPacker(ClusterAssignment clusters) => Clusters = clusters;

    /// <summary>The name that commands and configurations use.</summary>
    public abstract string Name { get; }

    /// <summary>The clusters.</summary>
    public ClusterAssignment Clusters { get; }

    /// <summary>An order of some clusters; equal seeds give equal orders.</summary>
    /// <param name="among">Numbers of clusters, each once.</param>
    /// <param name="seed">What the order is drawn from, such as a run's seed and an epoch.</param>
    /// <param name="cancellationToken">Stops a long computation.</param>
    /// <returns>The same numbers in order.</returns>
    public abstract int[] Order(IReadOnlyList<int> among, ReadOnlySpan<long> seed, CancellationToken cancellationToken = default);
}
