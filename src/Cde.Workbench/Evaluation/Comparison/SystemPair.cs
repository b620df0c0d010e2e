namespace Cde.Workbench.Evaluation;

/// <summary>Two systems on one task, or on several together.</summary>
/// <param name="First">The first system's position.</param>
/// <param name="Second">The second's.</param>
/// <param name="Compared">Means, difference with its interval, wins and losses, and the randomisation test.</param>
/// <param name="Effect">How large the difference is.</param>
/// <param name="PValues">The p value of each test, uncorrected.</param>
public sealed record SystemPair(int First, int Second, PairedComparison Compared, EffectSize Effect, IReadOnlyDictionary<PairedTestKind, double> PValues)
{
    /// <summary>The p value of the test that decides, corrected over the family of tests.</summary>
    public double AdjustedPValue { get; init; } = double.NaN;

    /// <summary>Whether the corrected p value reaches the level.</summary>
    public bool IsSignificant { get; init; }

    /// <summary>Two systems on the same items of one or several tasks.</summary>
    internal static SystemPair Of(int first, int second, IReadOnlyList<TaskScores> tasks, ComparisonOptions options)
    {
        IReadOnlyList<double>[] a = [.. tasks.Select(task => task.Values[first])], b = [.. tasks.Select(task => task.Values[second])];
        var compared = PairedTest.CompareStrata(a, b, options.Draws, options.Seed);
        double[][] differences = [.. a.Zip(b, (x, y) => x.Zip(y, (left, right) => left - right).ToArray())];
        // Weighted as in the randomisation test, so that each task counts the same.
        double[] weighted = [.. differences.SelectMany(task => task.Select(difference => difference * compared.Count / ((double)tasks.Count * task.Length)))];
        return new SystemPair(first, second, compared, EffectSize.Mean([.. a.Zip(b, EffectSize.Of)]), new Dictionary<PairedTestKind, double>
        {
            [PairedTestKind.Randomisation] = compared.PValue,
            [PairedTestKind.T] = PairedTTest.TestStrata(differences).PValue,
            [PairedTestKind.Wilcoxon] = WilcoxonSignedRank.Test(weighted).PValue,
            [PairedTestKind.Sign] = SignTest.PValue(compared.Wins, compared.Losses),
        });
    }
}
