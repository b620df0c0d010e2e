using Cde.Workbench.Training;

namespace Cde.Workbench.Tests.Training;

public sealed class WarmupLinearDecayTests
{
    [Theory]
    [InlineData(0, 0.25)]
    [InlineData(3, 1.0)]
    [InlineData(4, 1.0)]
    [InlineData(7, 0.5)]
    [InlineData(9, 1.0 / 6)]
    [InlineData(10, 0.0)]
    [InlineData(99, 0.0)]
    public void Factor_overTenStepsWithFourOfWarmup_risesThenFalls(long step, double expected) =>
        Assert.Equal(expected, WarmupLinearDecay.Factor(step, 4, 10), 12);

    [Fact]
    public void Factor_withoutWarmup_startsFull() => Assert.Equal(1, WarmupLinearDecay.Factor(0, 0, 10));
}
