namespace Cde.Workbench.Evaluation;

/// <summary>How two lists of numbers go together.</summary>
public static class Correlation
{
    /// <summary>Pearson's correlation; NaN where one list does not vary.</summary>
    /// <param name="x">Numbers.</param>
    /// <param name="y">As many numbers.</param>
    /// <exception cref="ArgumentException">The lists are of different lengths.</exception>
    public static double Pearson(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        if (x.Count != y.Count)
            throw new ArgumentException($"{x.Count} numbers against {y.Count}", nameof(y));
        var (meanX, meanY) = (x.Average(), y.Average());
        var (xy, xx, yy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Count; i++)
        {
            var (dx, dy) = (x[i] - meanX, y[i] - meanY);
            xy += dx * dy;
            xx += dx * dx;
            yy += dy * dy;
        }

        return xx > 0 && yy > 0 ? Math.Clamp(xy / Math.Sqrt(xx * yy), -1, 1) : double.NaN;
    }

    /// <summary>Spearman's rank correlation: Pearson's of the ranks, equal numbers sharing the mean of theirs; NaN where one list does not vary.</summary>
    /// <param name="x">Numbers.</param>
    /// <param name="y">As many numbers.</param>
    public static double Spearman(IReadOnlyList<double> x, IReadOnlyList<double> y) => Pearson(Ranks.Average(x), Ranks.Average(y));
}
