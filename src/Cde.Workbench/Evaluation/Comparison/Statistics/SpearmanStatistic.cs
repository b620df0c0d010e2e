namespace Cde.Workbench.Evaluation;

/// <summary>Spearman's correlation of a system's similarities with people's scores.</summary>
internal sealed class SpearmanStatistic : IResampledStatistic
{
    private readonly WeightedRanks _said, _known;

    /// <summary>Sorts both.</summary>
    /// <param name="predictions">A similarity an item.</param>
    /// <param name="gold">A score an item.</param>
    public SpearmanStatistic(double[] predictions, double[] gold) => (_said, _known) = (new WeightedRanks(predictions), new WeightedRanks(gold));

    /// <summary>How near each item's place by the system is to its place by people: 1 minus the distance of the ranks as a share of the largest that there can be.</summary>
    /// <param name="predictions">A similarity an item.</param>
    /// <param name="gold">A score an item.</param>
    public static double[] Agreement(IReadOnlyList<double> predictions, IReadOnlyList<double> gold) =>
        [.. Ranks.Average(predictions).Zip(Ranks.Average(gold), (said, known) => 1 - (Math.Abs(said - known) / Math.Max(1, gold.Count - 1)))];

    /// <inheritdoc/>
    public double Of(ReadOnlySpan<int> counts)
    {
        var (x, y) = (new double[counts.Length], new double[counts.Length]);
        _said.Fill(counts, x);
        _known.Fill(counts, y);
        var (n, xy, xx, yy) = (0, 0.0, 0.0, 0.0);
        foreach (var count in counts)
            n += count;
        var mean = (n + 1) / 2.0; // of the ranks 1 to n, on both sides
        for (var i = 0; i < x.Length; i++)
        {
            var (dx, dy) = (x[i] - mean, y[i] - mean);
            xy += counts[i] * dx * dy;
            xx += counts[i] * dx * dx;
            yy += counts[i] * dy * dy;
        }

        return xx > 0 && yy > 0 ? Math.Clamp(xy / Math.Sqrt(xx * yy), -1, 1) : double.NaN;
    }
}
