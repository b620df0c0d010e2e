namespace Cde.Workbench.Training.Optimization;

/// <summary>The factor on the peak learning rate at a step: a pure function, so that a resumed run needs no state of it.</summary>
/// <param name="options">Form and warm-up.</param>
/// <param name="steps">Steps of the whole run.</param>
/// <param name="seed">Of the factors that are drawn.</param>
public sealed class LearningRateSchedule(ScheduleOptions options, long steps, long seed = 0)
{
    private const int DrawFactor = 7;

    /// <summary>The factor at the step after <paramref name="taken"/> steps, counted as transformers' schedules count: 0 at the first step of a warm-up.</summary>
    public double Factor(long taken)
    {
        if (taken < options.WarmupSteps)
            return (double)taken / Math.Max(1, options.WarmupSteps);
        if (options.Kind == ScheduleKind.Constant)
            return 1;
        if (options.Kind == ScheduleKind.Random)
            return options.EndShare + (1 - options.EndShare) * SeededRandom.For(seed, DrawFactor, taken).NextDouble();
        var progress = Math.Clamp((double)(taken - options.WarmupSteps) / Math.Max(1, steps - options.WarmupSteps), 0, 1);
        return options.Kind switch
        {
            ScheduleKind.Linear => 1 - progress,
            ScheduleKind.Cosine => Math.Max(0, 0.5 * (1 + Math.Cos(Math.PI * options.Cycles * 2 * progress))),
            ScheduleKind.CosineRestarts => progress >= 1 ? 0 : Math.Max(0, 0.5 * (1 + Math.Cos(Math.PI * (options.Cycles * progress % 1)))),
            _ => (1 - options.EndShare) * Math.Pow(1 - progress, options.Power) + options.EndShare,
        };
    }
}
