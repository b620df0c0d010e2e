using Cde.Workbench.Training;

namespace Cde.Workbench.Tests.Training.Watching;

public sealed class RankCorrelationTests
{
    [Theory]
    [InlineData(new[] { 1.0, 2, 3 }, new[] { 10.0, 20, 1000 }, 1)]
    [InlineData(new[] { 1.0, 2, 3 }, new[] { 3.0, 2, 1 }, -1)]
    [InlineData(new[] { 1.0, 2, 3, 4 }, new[] { 1.0, 1, 2, 2 }, 0.894427190999916)] // scipy.stats.spearmanr
    [InlineData(new[] { 106.0, 100, 86, 101, 99, 103, 97, 113, 112, 110 }, new[] { 7.0, 27, 2, 50, 28, 29, 20, 12, 6, 17 }, -0.175757575757576)] // Wikipedia's example, as scipy
    public void Of_knownRanks_isTheirCorrelation(double[] left, double[] right, double expected) => Assert.Equal(expected, RankCorrelation.Of(left, right)!.Value, 1e-12);

    [Fact]
    public void Of_aConstant_isNone() => Assert.Null(RankCorrelation.Of([1, 1], [1, 2]));
}
