namespace Cde.Workbench.Evaluation;

/// <summary>Two systems on one task, or on several together.</summary>
/// <param name="First">The first system's position.</param>
/// <param name="Second">The second's.</param>
/// <param name="Compared">Scores, difference with its interval, wins and losses, and the p value.</param>
/// <param name="Effect">How large the difference is; NaN where the score is no mean of items.</param>
/// <param name="PValues">The p value of each test, uncorrected. Where the score is no mean of items there is the bootstrap's alone; elsewhere it is there when asked for.</param>
public sealed record SystemPair(int First, int Second, PairedComparison Compared, EffectSize Effect, IReadOnlyDictionary<PairedTestKind, double> PValues)
{
    /// <summary>The p value of the test that decides, corrected over the family of tests.</summary>
    public double AdjustedPValue { get; init; } = double.NaN;

    /// <summary>Whether the corrected p value reaches the level.</summary>
    public bool IsSignificant { get; init; }

    /// <summary>Two systems on the same items of one or several tasks, by draws of the items where they are given.</summary>
    internal static SystemPair Of(int first, int second, IReadOnlyList<TaskScores> tasks, BootstrapDraws? drawn, ComparisonOptions options)
    {
        if (drawn is not null && tasks.Any(task => task.Statistic != ItemStatistic.Mean))
            return OfStatistics(first, second, tasks, drawn);
        IReadOnlyList<double>[] a = [.. tasks.Select(task => task.Values[first])], b = [.. tasks.Select(task => task.Values[second])];
        var compared = PairedTest.CompareStrata(a, b, options.Draws, options.Seed);
        double[][] differences = [.. a.Zip(b, (x, y) => x.Zip(y, (left, right) => left - right).ToArray())];
        // Weighted as in the randomisation test, so that each task counts the same.
        double[] weighted = [.. differences.SelectMany(task => task.Select(difference => difference * compared.Count / ((double)tasks.Count * task.Length)))];
        var values = new Dictionary<PairedTestKind, double>
        {
            [PairedTestKind.Randomisation] = compared.PValue,
            [PairedTestKind.T] = PairedTTest.TestStrata(differences).PValue,
            [PairedTestKind.Wilcoxon] = WilcoxonSignedRank.Test(weighted).PValue,
            [PairedTestKind.Sign] = SignTest.PValue(compared.Wins, compared.Losses),
        };
        if (drawn is not null)
            values.Add(PairedTestKind.Bootstrap, drawn.Difference(first, second).PValue);
        return new SystemPair(first, second, compared, EffectSize.Mean([.. a.Zip(b, EffectSize.Of)]), values);
    }

    private static SystemPair OfStatistics(int first, int second, IReadOnlyList<TaskScores> tasks, BootstrapDraws drawn)
    {
        double[] differences = [.. tasks.SelectMany(task => task.Values[first].Zip(task.Values[second], (a, b) => Math.Round(a - b, PairedTest.Decimals)))];
        var (interval, value) = drawn.Difference(first, second);
        return new SystemPair(
            first,
            second,
            new PairedComparison(
                drawn.Scores[first], drawn.Scores[second], value, false, interval, differences.Count(difference => difference > 0), differences.Count(difference => difference < 0), differences.Length),
            new EffectSize(double.NaN, double.NaN, double.NaN),
            new Dictionary<PairedTestKind, double> { [PairedTestKind.Bootstrap] = value });
    }
}
