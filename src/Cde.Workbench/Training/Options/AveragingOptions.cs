using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Cde.Workbench.Training;

/// <summary>Which average of the weights over the steps is kept.</summary>
public enum AveragingKind
{
    /// <summary>None: the model is what the last step left.</summary>
    None,

    /// <summary>Exponential moving average: recent steps count more (Polyak and Juditsky 1992, as TensorFlow's ExponentialMovingAverage).</summary>
    Ema,

    /// <summary>Stochastic weight averaging: the plain mean of the later part of the run (Izmailov et al. 2018).</summary>
    Swa,
}

/// <summary>An average of the weights, which is what is evaluated and written as the model; training goes on with the weights themselves: section <c>averaging</c>.</summary>
public sealed record AveragingOptions
{
    /// <summary>Which.</summary>
    [Description("Average of the weights that is evaluated and written as the model, while training goes on with the weights themselves: ema of recent steps, swa of the run's later part")]
    public AveragingKind Kind { get; init; } = AveragingKind.None;

    /// <summary>Share of the average that a step leaves, once enough steps are taken: after n steps it is at most (1 + n) / (10 + n).</summary>
    [Description("Share of the ema that a step leaves; after n steps at most (1 + n) / (10 + n)")]
    [Range(0.0, 0.999999)]
    public double Decay { get; init; } = 0.999;

    /// <summary>The first step whose weights enter the mean; null for three quarters of the run, the share of Izmailov et al. 2018.</summary>
    [Description("First step whose weights enter the swa; null for three quarters of the run")]
    [Range(1, 10_000_000)]
    public int? StartStep { get; init; }

    /// <summary>Steps from one whose weights enter the mean to the next; the paper takes one an epoch.</summary>
    [Description("Steps between weights that enter the swa")]
    [Range(1, 1_000_000)]
    public int Every { get; init; } = 1;
}
