using Cde.Workbench.Evaluation;

namespace Cde.Workbench.Tests.Evaluation;

public sealed class PairedTestTests
{
    private static readonly double[] Low = [.. Enumerable.Range(0, 60).Select(query => 0.3 + 0.005 * (query % 7))];

    [Fact]
    public void Clear_difference_has_a_small_p_value_and_an_interval_above_zero()
    {
        var comparison = PairedTest.Compare([.. Low.Select((value, query) => value + (query % 5 == 0 ? -0.01 : 0.05))], Low);
        Assert.True(comparison.PValue < 0.001 && comparison.Interval.Low > 0);
        Assert.Equal((48, 12, 0), (comparison.Wins, comparison.Losses, comparison.Ties));
    }

    [Fact]
    public void Equal_systems_have_p_value_one()
    {
        var comparison = PairedTest.Compare(Low, Low);
        Assert.Equal((1.0, 0.0, 0.0, 60), (comparison.PValue, comparison.Interval.Low, comparison.Interval.High, comparison.Ties));
    }

    [Fact]
    public void P_value_is_symmetric_and_repeats_with_its_seed()
    {
        double[] high = [.. Low.Select((value, query) => value + 0.02 * Math.Sin(query))];
        Assert.Equal(PairedTest.Compare(high, Low).PValue, PairedTest.Compare(Low, high).PValue);
        Assert.Equal(PairedTest.Compare(high, Low, seed: 5), PairedTest.Compare(high, Low, seed: 5));
        Assert.NotEqual(PairedTest.Compare(high, Low, seed: 5).Interval, PairedTest.Compare(high, Low, seed: 6).Interval);
    }

    [Fact]
    public void Sampled_p_value_is_near_the_exact_one()
    {
        double[] differences = [0.1, -0.02, 0.05, 0.04, -0.01, 0.07, 0.03, -0.06, 0.02, 0.08];
        var exact = PairedTest.Exact(differences);
        // Fourteen queries, four of them equal, have the same distribution but are drawn.
        double[] longer = [.. differences, 0, 0, 0, 0];
        var sampled = PairedTest.Compare(longer, new double[longer.Length], draws: 40_000);
        Assert.False(sampled.IsExact);
        Assert.Equal(exact, sampled.PValue, 0.01);
    }

    [Fact]
    public void Different_queries_are_refused() =>
        Assert.Contains("8 and 9", Assert.Throws<CdeException>(() => PairedTest.Compare(new double[8], new double[9])).Message, StringComparison.Ordinal);
}
