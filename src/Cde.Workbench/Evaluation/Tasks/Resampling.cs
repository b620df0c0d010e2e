namespace Cde.Workbench.Evaluation;

/// <summary>Bootstrap intervals of statistics that are no means: items are drawn again with replacement, and the statistic is computed of each draw.</summary>
internal static class Resampling
{
    /// <summary>The 95 % percentile interval.</summary>
    /// <param name="count">How many items there are.</param>
    /// <param name="statistic">The statistic of some items, by row; draws where it is not a number do not count.</param>
    /// <param name="draws">How many draws.</param>
    /// <param name="seed">Their seed.</param>
    public static ConfidenceInterval Interval(int count, Func<int[], double> statistic, int draws, long seed)
    {
        var values = new double[draws];
        Parallel.For(0, draws, draw =>
        {
            var random = SeededRandom.For(seed, draw);
            var rows = new int[count];
            for (var i = 0; i < count; i++)
                rows[i] = random.Below(count);
            values[draw] = statistic(rows);
        });
        double[] known = [.. values.Where(double.IsFinite)];
        return known.Length > 0 ? Bootstrap.Interval(known, Bootstrap.DefaultLevel) : new ConfidenceInterval(double.NaN, double.NaN, Bootstrap.DefaultLevel);
    }
}
