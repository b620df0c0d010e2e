using System.Runtime.CompilerServices;

namespace Cde.Kernels.Cells;

/// <summary>
/// Stand-ins for the awaiters of tasks in a cell's own code: the await ends when the cell is stopped, also where the awaited task
/// knows no token, so that the code behind it unwinds through its <c>finally</c> blocks. Each has the parameters and result of the
/// method that it stands for.
/// </summary>
public static class AwaitPoints
{
    /// <summary>Stands for <see cref="Task.GetAwaiter"/>.</summary>
    public static TaskAwaiter GetAwaiter(Task task) => Stoppable(task).GetAwaiter();

    /// <summary>Stands for <see cref="Task{TResult}.GetAwaiter"/>.</summary>
    public static TaskAwaiter<T> GetAwaiter<T>(Task<T> task) => Stoppable(task).GetAwaiter();

    /// <summary>Stands for <see cref="Task.ConfigureAwait(bool)"/>.</summary>
    public static ConfiguredTaskAwaitable ConfigureAwait(Task task, bool continueOnCapturedContext) =>
        Stoppable(task).ConfigureAwait(continueOnCapturedContext);

    /// <summary>Stands for <see cref="Task{TResult}.ConfigureAwait(bool)"/>.</summary>
    public static ConfiguredTaskAwaitable<T> ConfigureAwait<T>(Task<T> task, bool continueOnCapturedContext) =>
        Stoppable(task).ConfigureAwait(continueOnCapturedContext);

    /// <summary>Stands for <see cref="ValueTask.GetAwaiter"/>.</summary>
    public static ValueTaskAwaiter GetAwaiter(ref ValueTask task) => Stoppable(task).GetAwaiter();

    /// <summary>Stands for <see cref="ValueTask{TResult}.GetAwaiter"/>.</summary>
    public static ValueTaskAwaiter<T> GetAwaiter<T>(ref ValueTask<T> task) => Stoppable(task).GetAwaiter();

    /// <summary>Stands for <see cref="ValueTask.ConfigureAwait(bool)"/>.</summary>
    public static ConfiguredValueTaskAwaitable ConfigureAwait(ref ValueTask task, bool continueOnCapturedContext) =>
        Stoppable(task).ConfigureAwait(continueOnCapturedContext);

    /// <summary>Stands for <see cref="ValueTask{TResult}.ConfigureAwait(bool)"/>.</summary>
    public static ConfiguredValueTaskAwaitable<T> ConfigureAwait<T>(ref ValueTask<T> task, bool continueOnCapturedContext) =>
        Stoppable(task).ConfigureAwait(continueOnCapturedContext);

    // A task that has ended is awaited as it is, and so is everything outside cells.
    private static Task Stoppable(Task task) =>
        !task.IsCompleted && CellRun.Current is { } run ? task.WaitAsync(run.Stopped) : task;

    private static Task<T> Stoppable<T>(Task<T> task) =>
        !task.IsCompleted && CellRun.Current is { } run ? task.WaitAsync(run.Stopped) : task;

    private static ValueTask Stoppable(ValueTask task) =>
        !task.IsCompleted && CellRun.Current is { } run ? new ValueTask(task.AsTask().WaitAsync(run.Stopped)) : task;

    private static ValueTask<T> Stoppable<T>(ValueTask<T> task) =>
        !task.IsCompleted && CellRun.Current is { } run ? new ValueTask<T>(task.AsTask().WaitAsync(run.Stopped)) : task;
}
