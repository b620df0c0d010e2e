namespace Cde.Workbench.Evaluation;

/// <summary>How large a difference is beside how much queries vary; 0.2 is called small, 0.5 medium, 0.8 large (Cohen 1988).</summary>
/// <param name="CohenDz">The mean difference over the standard deviation of the differences: what a paired test sees.</param>
/// <param name="CohenD">The mean difference over the root of the mean of both systems' variances: comparable with unpaired studies.</param>
/// <param name="HedgesG">Cohen's d, corrected for few queries: times 1 - 3 / (4 (2 n - 2) - 1).</param>
public readonly record struct EffectSize(double CohenDz, double CohenD, double HedgesG)
{
    /// <summary>The effect of two systems on the same queries. 0 where they are equal on average; NaN where nothing varies or there are fewer than two queries.</summary>
    /// <param name="a">One value a query.</param>
    /// <param name="b">The other system's values for the same queries.</param>
    public static EffectSize Of(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        double[] differences = [.. a.Zip(b, (left, right) => left - right)];
        var mean = differences.Average();
        if (mean == 0)
            return default;
        if (differences.Length < 2)
            return new EffectSize(double.NaN, double.NaN, double.NaN);
        var d = Over(mean, (PairedTTest.Variance([.. a]) + PairedTTest.Variance([.. b])) / 2);
        return new EffectSize(Over(mean, PairedTTest.Variance(differences)), d, d * (1 - (3 / ((4 * ((2.0 * differences.Length) - 2)) - 1))));
    }

    /// <summary>The unweighted mean of the effects on several tasks.</summary>
    public static EffectSize Mean(IReadOnlyList<EffectSize> tasks) => new(
        tasks.Average(task => task.CohenDz), tasks.Average(task => task.CohenD), tasks.Average(task => task.HedgesG));

    private static double Over(double mean, double variance) => variance > 0 ? mean / Math.Sqrt(variance) : double.NaN;
}
