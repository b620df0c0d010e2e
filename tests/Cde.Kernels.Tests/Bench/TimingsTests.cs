using Cde.Kernels.Bench;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Kernels.Tests.Bench;

public class TimingsTests
{
    [Theory]
    [InlineData(new[] { 3.0 }, 3.0)]
    [InlineData(new[] { 9.0, 1.0, 2.0 }, 2.0)]
    [InlineData(new[] { 4.0, 1.0, 2.0, 10.0 }, 3.0)]
    public void The_median_is_the_middle_whatever_the_order(double[] seconds, double expected) =>
        Assert.Equal(expected, new Timings(seconds).Median);

    [Fact]
    public void The_median_lies_between_the_fastest_and_the_slowest() => Prop.ForAll<PositiveInt[]>(values =>
    {
        var timings = new Timings([.. values.Select(value => (double)value.Get)]);
        return values.Length == 0 || (timings.Fastest <= timings.Median && timings.Median <= timings.Slowest);
    }).QuickCheckThrowOnFailure();
}
