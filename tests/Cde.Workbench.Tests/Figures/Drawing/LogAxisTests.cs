using Cde.Workbench.Figures;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Figures;

public sealed class LogAxisTests
{
    [Fact]
    public void Equal_factors_are_equal_ways() =>
        Prop.ForAll(
            Gen.Choose(1, 1_000).Zip(Gen.Choose(2, 100_000)).ToArbitrary(),
            pair =>
            {
                var axis = LogAxis.Covering(pair.Item1 / 10.0, pair.Item1 * (double)pair.Item2);
                var (a, b) = (axis.Minimum * 2, axis.Minimum * 4);
                return Math.Abs(axis.Share(b) - axis.Share(a) - (axis.Share(a) - axis.Share(axis.Minimum))) < 1e-9
                    && Math.Abs(axis.Share(axis.Maximum) - 1) < 1e-12
                    && axis.Ticks.Count is >= 1 and <= 10 && axis.Ticks.All(tick => axis.Share(tick) is > -1e-6 and < 1.000001);
            }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1, 1000, "1 10 100 1,000")]
    [InlineData(1, 100, "1 2 5 10 20 50 100")]
    [InlineData(0.001, 10, "0.001 0.01 0.1 1 10")]
    [InlineData(3, 3, "1 2 5 10")]
    public void Ticks_are_round(double low, double high, string expected)
    {
        var axis = LogAxis.Covering(low, high);

        Assert.Equal(expected, string.Join(' ', axis.Ticks.Select(axis.Label)));
    }

    [Fact]
    public void Zero_has_no_place() => Assert.Throws<ArgumentOutOfRangeException>(() => LogAxis.Covering(0, 10));
}
