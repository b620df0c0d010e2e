namespace Cde.Kernels.Bench;

/// <summary>Seconds of several runs of the same work.</summary>
/// <param name="Seconds">In the order of the runs.</param>
public sealed record Timings(IReadOnlyList<double> Seconds)
{
    /// <summary>The middle one; of an even number, the mean of the two in the middle.</summary>
    public double Median
    {
        get
        {
            var sorted = Seconds.Order().ToArray();
            var middle = sorted.Length / 2;
            return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }

    /// <summary>The fastest.</summary>
    public double Fastest => Seconds.Min();

    /// <summary>The slowest.</summary>
    public double Slowest => Seconds.Max();
}
