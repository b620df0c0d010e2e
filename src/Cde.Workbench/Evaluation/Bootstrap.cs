namespace Cde.Workbench.Evaluation;

/// <summary>Percentile bootstrap (Efron 1979): queries drawn again with replacement, the mean of each draw, the middle share of the means.</summary>
public static class Bootstrap
{
    /// <summary>The share of means inside an interval.</summary>
    public const double DefaultLevel = 0.95;

    /// <summary>How many times the queries are drawn (Sakai 2006 uses 1,000; ten times that settles the third digit).</summary>
    public const int DefaultDraws = 10_000;

    /// <summary>The interval of a mean.</summary>
    /// <param name="values">One value a query.</param>
    /// <param name="level">The share of means inside; above 0 and below 1.</param>
    /// <param name="draws">How many times the queries are drawn.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <exception cref="CdeException">There are no values, or an option is out of its range.</exception>
    public static ConfidenceInterval OfMean(IReadOnlyList<double> values, double level = DefaultLevel, int draws = DefaultDraws, long seed = 1) =>
        OfMeans([values], level, draws, seed);

    /// <summary>The interval of the unweighted mean of several tasks' means: each draw takes the queries of each task again.</summary>
    /// <param name="tasks">One value a query, task by task.</param>
    /// <param name="level">The share of means inside; above 0 and below 1.</param>
    /// <param name="draws">How many times the queries are drawn.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <exception cref="CdeException">A task has no values, or an option is out of its range.</exception>
    public static ConfidenceInterval OfMeans(IReadOnlyList<IReadOnlyList<double>> tasks, double level = DefaultLevel, int draws = DefaultDraws, long seed = 1)
    {
        if (tasks.Count == 0 || tasks.Any(values => values.Count == 0) || draws < 1 || level is not (> 0 and < 1))
            throw new CdeException($"a bootstrap of {tasks.Select(values => values.Count).DefaultIfEmpty(0).Min()} values, {draws} draws, level {level}: each must be positive, the level below 1");
        var random = new SeededRandom(seed);
        var means = new double[draws];
        double[][] arrays = [.. tasks.Select(values => values.ToArray())];
        for (var draw = 0; draw < draws; draw++)
        {
            foreach (var values in arrays)
            {
                var sum = 0.0;
                for (var i = 0; i < values.Length; i++)
                    sum += values[random.Below(values.Length)];
                means[draw] += sum / values.Length;
            }

            means[draw] /= tasks.Count;
        }

        return Interval(means, level);
    }

    /// <summary>The middle share of means, with linear interpolation between order statistics (NumPy's default).</summary>
    internal static ConfidenceInterval Interval(ReadOnlySpan<double> means, double level)
    {
        var sorted = means.ToArray();
        Array.Sort(sorted);
        return new ConfidenceInterval(Percentile(sorted, (1 - level) / 2), Percentile(sorted, (1 + level) / 2), level);
    }

    private static double Percentile(double[] sorted, double share)
    {
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
