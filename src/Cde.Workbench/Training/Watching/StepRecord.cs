using System.Text.Json.Serialization;

namespace Cde.Workbench.Training;

/// <summary>One step of a run: a line of its <c>log.jsonl</c>. Everything but the time repeats exactly.</summary>
public sealed record StepRecord
{
    /// <summary>Optimiser steps taken, this one included.</summary>
    public required long Step { get; init; }

    /// <summary>The loss of the step's batches before the update.</summary>
    public required double Loss { get; init; }

    /// <summary>That of the same batches after the last move of <see cref="AdversarialOptions"/>; left out of steps without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? AdversarialLoss { get; init; }

    /// <summary><see cref="Losses.LoadBalancing"/> of the step's batches, not multiplied by <see cref="LossChoice.RouterCoefficient"/>; left out where it is not minimised.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? RouterLoss { get; init; }

    /// <summary>At this step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Of the loss at this step; left out where it has no schedule.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Temperature { get; init; }

    /// <summary>Before clipping.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>Of the first stage's parameters; left out where there is no first stage.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? GradientNormFirstStage { get; init; }

    /// <summary>Of the others; left out where there is no first stage.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? GradientNormSecondStage { get; init; }

    /// <summary><see cref="BatchMetrics.Accuracy"/>; left out where it means nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Accuracy { get; init; }

    /// <summary><see cref="BatchMetrics.DuplicateRate"/>; left out where it means nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? DuplicateRate { get; init; }

    /// <summary><see cref="BatchMetrics.FalseNegativeRate"/>; left out where it means nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? FalseNegativeRate { get; init; }

    /// <summary><see cref="BatchMetrics.Correlation"/>; left out but for scored pairs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Correlation { get; init; }

    /// <summary><see cref="BatchMetrics.Alignment"/>; left out where it means nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Alignment { get; init; }

    /// <summary><see cref="BatchMetrics.Uniformity"/>; left out of rerankers' logs, which have no vectors.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Uniformity { get; init; }

    /// <summary><see cref="BatchMetrics.EffectiveRank"/>; left out as it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? EffectiveRank { get; init; }

    /// <summary>Whether <see cref="BatchMetrics.IsCollapsed"/> after the warm-up; left out where not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Collapse { get; init; }

    /// <summary>Pairs in the step's batches.</summary>
    public int Pairs { get; init; }

    /// <summary>Share of the step's batches that got the null context; left out where none did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double NullContext { get; init; }

    /// <summary>Real tokens, context included.</summary>
    public long Tokens { get; init; }

    /// <summary>Wall time of the step.</summary>
    public double Seconds { get; init; }

    /// <summary>The development task's measure after this step; left out where it was not evaluated.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Evaluation { get; init; }

    /// <summary>Real tokens a second.</summary>
    [JsonIgnore]
    public double TokensPerSecond => Seconds > 0 ? Tokens / Seconds : 0;
}
