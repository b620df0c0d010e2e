using MathNet.Numerics.Distributions;

namespace Cde.Workbench.Evaluation;

/// <summary>
/// Wilcoxon's signed rank test (1945), as scipy computes it: exact for at most 50 differences without zeros and ties, else by the normal approximation
/// with tie correction.
/// </summary>
public static class WilcoxonSignedRank
{
    private const int MostCountedExactly = 50; // as scipy's mode "auto"

    /// <summary>Tests differences, rounded to six decimals so that equal ones are exact ties.</summary>
    /// <param name="differences">First minus second, one a query.</param>
    /// <param name="alternative">What is asked.</param>
    /// <param name="zeros">What happens to differences of 0.</param>
    /// <param name="isContinuous">Whether the normal approximation moves half a rank towards the middle.</param>
    /// <returns>The smaller sum of ranks (the sum of the positive ones where one side is asked for) and p; p is 1 where every difference is 0.</returns>
    public static TestOutcome Test(
        IReadOnlyList<double> differences, Alternative alternative = Alternative.TwoSided, WilcoxonZeros zeros = WilcoxonZeros.Drop, bool isContinuous = false)
    {
        var rounded = differences.Select(difference => Math.Round(difference, PairedTest.Decimals)).ToArray();
        var zeroCount = rounded.Count(difference => difference == 0);
        if (zeroCount == rounded.Length)
            return new TestOutcome(0, 1);
        if (zeros == WilcoxonZeros.Drop)
            rounded = [.. rounded.Where(difference => difference != 0)];
        var ranks = Ranks.Average([.. rounded.Select(Math.Abs)]);
        var (plus, minus) = (0.0, 0.0);
        for (var i = 0; i < rounded.Length; i++)
        {
            var (up, down) = rounded[i] switch { > 0 => (1.0, 0.0), < 0 => (0.0, 1.0), _ => zeros == WilcoxonZeros.Split ? (0.5, 0.5) : (0.0, 0.0) };
            plus += up * ranks[i];
            minus += down * ranks[i];
        }

        var statistic = alternative == Alternative.TwoSided ? Math.Min(plus, minus) : plus;
        var isExact = zeroCount == 0 && rounded.Length <= MostCountedExactly && rounded.Select(Math.Abs).Distinct().Count() == rounded.Length;
        return new TestOutcome(statistic, isExact ? Exact(statistic, rounded.Length, alternative) : Normally(statistic, rounded, ranks, alternative, zeros, isContinuous));
    }

    private static double Exact(double statistic, int count, Alternative alternative)
    {
        // How many of the 2^n sign vectors give each sum of positive ranks, as shares.
        var shares = new double[(count * (count + 1) / 2) + 1];
        shares[0] = 1;
        for (var rank = 1; rank <= count; rank++)
        {
            for (var sum = shares.Length - 1; sum >= 0; sum--)
                shares[sum] = (shares[sum] + (sum >= rank ? shares[sum - rank] : 0)) / 2;
        }

        var at = (int)Math.Round(statistic);
        return alternative switch
        {
            Alternative.Greater => shares.Skip(at).Sum(),
            Alternative.Less => shares.Take(at + 1).Sum(),
            _ => Math.Min(1, 2 * shares.Take(at + 1).Sum()),
        };
    }

    private static double Normally(double statistic, double[] differences, double[] ranks, Alternative alternative, WilcoxonZeros zeros, bool isContinuous)
    {
        double n = differences.Length;
        var (mean, variance) = (n * (n + 1) / 4, n * (n + 1) * ((2 * n) + 1));
        IEnumerable<double> counted = ranks;
        if (zeros == WilcoxonZeros.Pratt)
        {
            double none = differences.Count(difference => difference == 0);
            mean -= none * (none + 1) / 4;
            variance -= none * (none + 1) * ((2 * none) + 1);
            counted = ranks.Where((_, i) => differences[i] != 0);
        }

        variance -= counted.GroupBy(rank => rank).Sum(tied => (double)tied.Count() * (((double)tied.Count() * tied.Count()) - 1)) / 2;
        var shift = !isContinuous ? 0 : alternative switch { Alternative.Greater => 0.5, Alternative.Less => -0.5, _ => 0.5 * Math.Sign(statistic - mean) };
        var z = (statistic - mean - shift) / Math.Sqrt(variance / 24);
        return alternative switch
        {
            Alternative.Greater => Normal.CDF(0, 1, -z),
            Alternative.Less => Normal.CDF(0, 1, z),
            _ => 2 * Normal.CDF(0, 1, -Math.Abs(z)),
        };
    }
}
