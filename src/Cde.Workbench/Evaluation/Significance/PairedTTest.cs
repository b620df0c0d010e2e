using MathNet.Numerics.Distributions;

namespace Cde.Workbench.Evaluation;

/// <summary>Student's paired t test: the mean difference over its standard error (as scipy's <c>ttest_rel</c>).</summary>
public static class PairedTTest
{
    /// <summary>Tests differences.</summary>
    /// <param name="differences">First minus second, one a query; at least two.</param>
    /// <param name="alternative">What is asked.</param>
    /// <returns>t and p; p is 1 where every difference is 0, NaN where there are fewer than two.</returns>
    public static TestOutcome Test(IReadOnlyList<double> differences, Alternative alternative = Alternative.TwoSided) => TestStrata([differences], alternative);

    /// <summary>
    /// Tests the unweighted mean of the tasks' mean differences: variances add up over the tasks, degrees of freedom by Welch and Satterthwaite. With one task it is
    /// the paired t test.
    /// </summary>
    /// <param name="strata">The differences of each task.</param>
    /// <param name="alternative">What is asked.</param>
    public static TestOutcome TestStrata(IReadOnlyList<IReadOnlyList<double>> strata, Alternative alternative = Alternative.TwoSided)
    {
        if (strata.Count == 0 || strata.Any(differences => differences.Count < 2))
            return new TestOutcome(double.NaN, double.NaN);
        var mean = strata.Average(differences => differences.Average());
        var parts = strata.Select(differences => Variance(differences) / differences.Count / ((double)strata.Count * strata.Count)).ToArray();
        var variance = parts.Sum();
        if (variance == 0)
            return mean == 0 ? new TestOutcome(0, 1) : new TestOutcome(mean > 0 ? double.PositiveInfinity : double.NegativeInfinity, alternative == Alternative.TwoSided || alternative == Alternative.Greater == mean > 0 ? 0 : 1);
        var freedom = variance * variance / parts.Zip(strata, (part, differences) => part * part / (differences.Count - 1)).Sum();
        var t = mean / Math.Sqrt(variance);
        return new TestOutcome(t, alternative switch
        {
            Alternative.Greater => StudentT.CDF(0, 1, freedom, -t),
            Alternative.Less => StudentT.CDF(0, 1, freedom, t),
            _ => Math.Min(1, 2 * StudentT.CDF(0, 1, freedom, -Math.Abs(t))),
        });
    }

    /// <summary>The interval of the mean difference by Student's t.</summary>
    /// <param name="differences">One a query; at least two.</param>
    /// <param name="level">The share that such intervals cover; above 0 and below 1.</param>
    public static ConfidenceInterval Interval(IReadOnlyList<double> differences, double level = Bootstrap.DefaultLevel)
    {
        var mean = differences.Average();
        var half = differences.Count < 2 ? double.NaN : StudentT.InvCDF(0, 1, differences.Count - 1, (1 + level) / 2) * Math.Sqrt(Variance(differences) / differences.Count);
        return new ConfidenceInterval(mean - half, mean + half, level);
    }

    /// <summary>The variance with n - 1.</summary>
    internal static double Variance(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1);
    }
}
