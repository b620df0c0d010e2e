using Cde.Workbench.Training;
using Cde.Workbench.Training.Optimization;

namespace Cde.Workbench.Tests.Training.Optimization;

public sealed class LearningRateScheduleTests
{
    [Theory]
    [InlineData(0, 0.0)]
    [InlineData(3, 0.75)]
    [InlineData(4, 1.0)]
    [InlineData(7, 0.5)]
    [InlineData(9, 1.0 / 6)]
    [InlineData(10, 0.0)]
    [InlineData(99, 0.0)]
    public void Factor_overTenStepsWithFourOfWarmup_risesThenFalls(long step, double expected) =>
        Assert.Equal(expected, new LearningRateSchedule(new() { WarmupSteps = 4 }, 10).Factor(step), 12);

    [Theory]
    [InlineData(ScheduleKind.Linear, 0.5)]
    [InlineData(ScheduleKind.Constant, 0.5)]
    [InlineData(ScheduleKind.Cosine, 0.5)]
    [InlineData(ScheduleKind.CosineRestarts, 3)]
    [InlineData(ScheduleKind.Polynomial, 0.5)]
    public void Factor_ofEveryKind_staysWithinNoughtAndOne_andStartsFullWithoutWarmup(ScheduleKind kind, double cycles)
    {
        var schedule = new LearningRateSchedule(new() { Kind = kind, WarmupSteps = 0, Cycles = cycles, Power = 2, EndShare = 0.1 }, 100);

        Assert.Equal(1, schedule.Factor(0), 12);
        Assert.All(Enumerable.Range(0, 120), step => Assert.InRange(schedule.Factor(step), 0, 1));
    }

    [Fact]
    public void Random_drawsEvenlyBetweenTheShareAndThePeak_byTheSeedAndTheStepAlone()
    {
        var schedule = new LearningRateSchedule(new() { Kind = ScheduleKind.Random, WarmupSteps = 10, EndShare = 0.2 }, 20_000, seed: 3);
        double[] factors = [.. Enumerable.Range(10, 19_990).Select(step => schedule.Factor(step))];

        Assert.Equal(0.5, schedule.Factor(5)); // the warm-up comes first
        Assert.All(factors, factor => Assert.InRange(factor, 0.2, 1));
        Assert.All(Enumerable.Range(0, 8), eighth => // 2,499 expected in each, with a deviation of 47
            Assert.InRange(factors.Count(factor => (int)((factor - 0.2) / 0.1) == eighth), 2_200, 2_800));
        Assert.Equal(factors, Enumerable.Range(10, 19_990).Reverse().Select(step => schedule.Factor(step)).Reverse());
        Assert.NotEqual(schedule.Factor(100), new LearningRateSchedule(new() { Kind = ScheduleKind.Random, WarmupSteps = 10, EndShare = 0.2 }, 20_000, seed: 4).Factor(100));
    }
}
