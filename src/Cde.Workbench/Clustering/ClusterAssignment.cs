namespace Cde.Workbench.Clustering;

/// <summary>Which cluster each point is in.</summary>
public sealed class ClusterAssignment
{
    /// <summary>The label of a point that is in no cluster.</summary>
    public const int Noise = -1;

    private int[][]? _members;

    /// <summary>Takes one label a point.</summary>
    /// <param name="labels">From 0 to <paramref name="clusters"/> - 1, or <see cref="Noise"/>. The assignment keeps this array.</param>
    /// <param name="clusters">K.</param>
    /// <exception cref="ArgumentOutOfRangeException">A label is outside.</exception>
    public ClusterAssignment(int[] labels, int clusters)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(clusters);
        (Labels, Clusters) = (labels, clusters);
        var sizes = new int[clusters];
        foreach (var label in labels)
        {
            if (label < Noise || label >= clusters)
                throw new ArgumentOutOfRangeException(nameof(labels), label, $"labels run from {Noise} to {clusters - 1}");
            if (label == Noise)
                NoiseCount++;
            else
                sizes[label]++;
        }

        Sizes = sizes;
    }

    /// <summary>One label a point.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>K; some may have no point.</summary>
    public int Clusters { get; }

    /// <summary>Points in each cluster.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>Points in no cluster.</summary>
    public int NoiseCount { get; }

    /// <summary>Points in all.</summary>
    public int Count => Labels.Count;

    /// <summary>Clusters without a point.</summary>
    public int EmptyCount => Sizes.Count(size => size == 0);

    /// <summary>A cluster's points in ascending order.</summary>
    public IReadOnlyList<int> Members(int cluster) => (_members ??= Group())[cluster];

    private int[][] Group()
    {
        var members = Sizes.Select(size => new int[size]).ToArray();
        var filled = new int[Clusters];
        for (var row = 0; row < Labels.Count; row++)
        {
            if (Labels[row] is >= 0 and var label)
                members[label][filled[label]++] = row;
        }

        return members;
    }
}
