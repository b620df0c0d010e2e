using System.Text.Json.Serialization;
using Cde.Kernels.Displays;
using Cde.Workbench.Training;

namespace Cde.Kernels.Commands;

/// <summary>How far a run is.</summary>
/// <param name="Run">The run's folder.</param>
/// <param name="Step">Optimiser steps taken.</param>
/// <param name="Steps">Of the whole run.</param>
/// <param name="Model">The finished model's folder; null while steps are left.</param>
/// <param name="History">At most <see cref="MostRows"/> of the steps, evenly spread, the last among them; all stand in the run's <c>log.jsonl</c>.</param>
public sealed record TrainResult(string Run, long Step, int Steps, string? Model, IReadOnlyList<StepRecord> History) : CommandResult
{
    /// <summary>Steps that a result lists at most.</summary>
    public const int MostRows = 200;

    private const int ShownRows = 15;

    /// <summary>The configuration or its schema, where that alone was asked for.</summary>
    public string? Text { get; init; }

    /// <summary>Malformed records of training files that were left out.</summary>
    public long SkippedRecords { get; init; }

    /// <summary>The step whose model was kept as the best of those evaluated; null where none was.</summary>
    public long? BestStep { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string? PlainText => Text;

    /// <summary>The result of a stretch of training.</summary>
    internal static TrainResult Of(string run, TrainingOutcome outcome) =>
        new(run, outcome.Step, outcome.Steps, outcome.Model, Spread(outcome.History, MostRows)) { BestStep = outcome.BestStep };

    /// <inheritdoc/>
    public override View Describe()
    {
        if (Text is not null)
            return new View(new Paragraph(Text));
        var state = Model is null ? $"step {Step} of {Steps}; go on with: train --resume {Run}"
            : Step < Steps ? $"stopped at step {Step} of {Steps}: no new best for as long as evaluation.patience says; {Model}" : $"finished: {Model}";
        return new View(
            new Paragraph(BestStep is { } best && Model is not null ? $"{state} (the best evaluated, of step {best})" : state),
            StepTable.Of(Spread(History, ShownRows)));
    }

    private static IReadOnlyList<StepRecord> Spread(IReadOnlyList<StepRecord> steps, int most) =>
        steps.Count <= most ? steps : [.. Enumerable.Range(0, most).Select(i => steps[(int)((long)i * (steps.Count - 1) / (most - 1))])];
}
