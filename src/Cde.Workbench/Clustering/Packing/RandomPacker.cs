namespace Cde.Workbench.Clustering;

/// <summary>Clusters in random order, each order equally likely: cde's default.</summary>
/// <param name="clusters">The clusters.</param>
public sealed class RandomPacker(ClusterAssignment clusters) : ClusterPacker(clusters)
{
    /// <summary>The name that commands and configurations use.</summary>
    public const string PackerName = "random";

    /// <inheritdoc/>
    public override string Name => PackerName;

    /// <inheritdoc/>
    public override int[] Order(IReadOnlyList<int> among, ReadOnlySpan<long> seed, CancellationToken cancellationToken = default)
    {
        int[] order = [.. among];
        SeededRandom.For(seed).Shuffle<int>(order);
        return order;
    }
}
