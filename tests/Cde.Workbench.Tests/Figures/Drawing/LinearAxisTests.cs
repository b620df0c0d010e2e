using Cde.Workbench.Figures;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Figures;

public class LinearAxisTests
{
    [Fact]
    public void Axis_covers_its_values_with_a_handful_of_even_ticks() =>
        Prop.ForAll(
            Gen.Choose(-1000, 1000).Zip(Gen.Choose(1, 100_000)).ToArbitrary(),
            pair =>
            {
                var (low, high) = (pair.Item1 / 7.0, (pair.Item1 / 7.0) + (pair.Item2 / 1000.0));
                var axis = LinearAxis.Covering(low, high);
                return axis.Minimum <= low && axis.Maximum >= high - 1e-9 && axis.Ticks.Count is >= 3 and <= 8
                    && Math.Abs(axis.Ticks[^1] - axis.Maximum) < 1e-9 && Math.Abs(axis.Share(axis.Maximum) - 1) < 1e-12;
            }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0.7, "0.0 0.2 0.4 0.6 0.8")]
    [InlineData(12, "0.0 2.5 5.0 7.5 10.0 12.5")]
    [InlineData(0.012, "0.0000 0.0025 0.0050 0.0075 0.0100 0.0125")]
    [InlineData(100, "0 20 40 60 80 100")]
    public void Labels_have_the_decimals_that_the_step_needs(double high, string expected)
    {
        var axis = LinearAxis.Covering(0, high);

        Assert.Equal(expected, string.Join(' ', axis.Ticks.Select(axis.Label)));
    }
}
