using Cde.Workbench.Figures;
using Cde.Workbench.Training;

namespace Cde.Workbench.Tests.Figures;

public sealed class RunFiguresTests
{
    [Fact]
    public void Of_aLog_drawsWhatItHas_andLeavesOutWhatItHasNot()
    {
        var plain = RunFigures.Of([Record(1, 4), Record(2, 3)]);
        var full = RunFigures.Of([Record(1, 4), Record(2, 3) with { Evaluation = 0.5, GradientNormFirstStage = 1 }]);

        Assert.DoesNotContain(plain, chart => chart.Title.StartsWith("Search", StringComparison.Ordinal));
        Assert.Contains(full, chart => chart.Title.StartsWith("Search", StringComparison.Ordinal));
        Assert.Equal(2, full.Single(chart => chart.Title.StartsWith("Gradient", StringComparison.Ordinal)).Series.Count);
        Assert.All(full, chart => Assert.StartsWith("<svg", chart.ToSvg(), StringComparison.Ordinal));
    }

    [Fact]
    public void Loss_smoothed_startsAtTheFirstValue_andOfAConstantIsTheConstant()
    {
        var smoothed = RunFigures.Loss([.. Enumerable.Range(1, 20).Select(step => Record(step, 2.5))]).Series[1].Y;

        Assert.All(smoothed, value => Assert.Equal(2.5, value, 1e-12));
        Assert.Equal(4, RunFigures.Loss([Record(1, 4), Record(2, 0)]).Series[1].Y[0], 1e-12);
    }

    private static StepRecord Record(long step, double loss) => new() { Step = step, Loss = loss, LearningRate = 1e-3, GradientNorm = 1 };
}
