namespace Cde.Workbench.Training;

/// <summary>How a stretch of training ended.</summary>
/// <param name="Step">Optimiser steps taken in all.</param>
/// <param name="Steps">Of the whole run.</param>
/// <param name="Model">The folder of the finished model; null while steps are left.</param>
/// <param name="History">All steps so far.</param>
public sealed record TrainingOutcome(long Step, int Steps, string? Model, IReadOnlyList<StepRecord> History)
{
    /// <summary>Whether the run is over: every step is done, or it was stopped early.</summary>
    public bool IsFinished => Model is not null;

    /// <summary>The step whose model was kept as the best; null where none was evaluated.</summary>
    public long? BestStep { get; init; }
}
