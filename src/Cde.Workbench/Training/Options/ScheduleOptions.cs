using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Cde.Workbench.Training;

/// <summary>How the learning rate goes: section <c>schedule</c>.</summary>
public sealed record ScheduleOptions
{
    /// <summary>What follows the warm-up.</summary>
    [Description("What follows the warm-up")]
    public ScheduleKind Kind { get; init; } = ScheduleKind.Linear;

    /// <summary>Steps of linear warm-up to the peak.</summary>
    [Description("Steps of linear warm-up to the peak learning rate")]
    [Range(0, 1_000_000)]
    public int WarmupSteps { get; init; } = 100;

    /// <summary>Waves of a cosine: 0.5 falls to 0 once, under <see cref="ScheduleKind.CosineRestarts"/> the whole number of falls.</summary>
    [Description("Waves of a cosine: 0.5 falls to 0 once; with restarts, the whole number of falls")]
    [Range(0.5, 100.0)]
    public double Cycles { get; init; } = 0.5;

    /// <summary>Exponent of a polynomial decay.</summary>
    [Description("Exponent of a polynomial decay")]
    [Range(0.1, 10.0)]
    public double Power { get; init; } = 1.0;

    /// <summary>Where a polynomial decay ends, or the lowest rate that <see cref="ScheduleKind.Random"/> draws, as a share of the peak learning rate.</summary>
    [Description("Where a polynomial decay ends, or the lowest rate that random draws, as a share of the peak learning rate")]
    [Range(0.0, 1.0)]
    public double EndShare { get; init; }
}
