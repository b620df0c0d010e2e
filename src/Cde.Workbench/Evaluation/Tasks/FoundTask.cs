namespace Cde.Workbench.Evaluation;

/// <summary>A task that was found at a path, not yet read.</summary>
/// <param name="info">What it is.</param>
/// <param name="open">Reads it.</param>
public sealed class FoundTask(TaskInfo info, Func<EvaluationTask> open)
{
    /// <summary>What it is.</summary>
    public TaskInfo Info { get; } = info;

    /// <summary>Reads the task; the caller disposes of it.</summary>
    /// <exception cref="CdeException">The data are not as their form says: file, line and rule.</exception>
    public EvaluationTask Open() => open();
}
