using System.Collections.Concurrent;

namespace Cde.Kernels.Cells;

/// <summary>
/// The execution thread of one shell: runs its cells one after another and can stop the one that runs, also where its code never looks at a
/// token. Continuations of a cell's awaits come back to this thread, so that code that depends on the thread (a scope of tensors, a
/// no-gradient block) may stand around an await.
/// </summary>
/// <remarks>
/// <para>
/// An interrupt first sets the token that the cell got. What still runs when the grace is over is stopped: code that a language
/// compiled with <see cref="InterruptPoints"/> at its next loop, call or await, on every thread where the exception
/// cannot end the process; a blocked thread by waking it. Both unwind through <c>finally</c> blocks. A body that then only waits is left
/// behind: what stands behind that wait never runs.
/// </para>
/// <para>
/// Nothing is aborted, so state stays whole. What has no points and does not block is let finish: a native call, a long
/// computation of a library, and loops of languages that are compiled without points.
/// (<c>ControlledExecution</c> would reach those, but on .NET 10 it ends the process in about every second abort of a loop that makes calls.)
/// </para>
/// </remarks>
public sealed class CellThread : IAsyncDisposable
{
    /// <summary>The time that code has to follow its token before it is stopped. Together with the stop it stays under the 0.2 s that people take for at once.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(75);

    // Recursion that a desktop program survives should not end a notebook's session.
    private const int StackBytes = 16 << 20;
    private static readonly TimeSpan DisposalPatience = TimeSpan.FromSeconds(2);

    private readonly BlockingCollection<CellRun> _waiting = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private CellRun? _running;
    private bool _isDisposed;

    /// <summary>Starts the thread.</summary>
    /// <param name="name">The thread's name, for debuggers.</param>
    public CellThread(string name)
    {
        var thread = new Thread(RunAll, StackBytes) { Name = name, IsBackground = true };
        thread.Start();
    }

    /// <summary>Runs a body after those that were given before.</summary>
    /// <param name="body">The body. The token is set by an interrupt. It may be abandoned at any of its awaits: what has to happen at the end belongs behind the returned task.</param>
    /// <returns>The body's result, or its exception.</returns>
    /// <exception cref="CellInterruptedException">It was stopped by <see cref="Interrupt"/> or because the thread is disposed of.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> body)
    {
        Task<T>? result = null;
        var run = new CellRun(token => result = body(token));
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _waiting.Add(run);
        }

        await run.Ended.ConfigureAwait(false);
        return await result!.ConfigureAwait(false);
    }

    /// <summary>Stops the body that runs now; nothing happens where none does, and bodies that wait are not touched. Returns at once. A second call during the grace ends the grace.</summary>
    public void Interrupt() => Volatile.Read(ref _running)?.Stop();

    /// <summary>
    /// Keeps interrupts from the calling code until the region is disposed of: for short work whose half would do harm, such as writing a
    /// message to a connection. Blocking in it for long makes the cell unstoppable for as long. Regions nest; outside cells they do nothing.
    /// </summary>
    public static UninterruptedRegion Uninterrupted() => new(InterruptibleSection.Current);

    /// <summary>
    /// Gives the running cell more time to follow its token, until the returned object is disposed of: for code that polls it, but
    /// not every few milliseconds, such as a training step. Outside cells it does nothing.
    /// </summary>
    /// <param name="grace">The time from the interrupt to the stop; a second interrupt ends it at once.</param>
    public static IDisposable ExtendGrace(TimeSpan grace) => new GraceExtension(CellRun.Current, grace);

    /// <summary>Stops what runs, drops what waits, and ends the thread. Code that cannot be stopped within two seconds is left behind.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                _waiting.CompleteAdding();
            }
        }

        foreach (var waiting in _waiting)
            waiting.Drop();
        Interrupt();
        await Task.WhenAny(_ended.Task, Task.Delay(DisposalPatience)).ConfigureAwait(false);
    }

    private void RunAll()
    {
        foreach (var run in _waiting.GetConsumingEnumerable())
        {
            Volatile.Write(ref _running, run);
            // Disposal may have looked for a running body just before this one became it.
            if (Volatile.Read(ref _isDisposed))
                run.Drop();
            else
                run.Execute();
            Volatile.Write(ref _running, null);
        }

        _ended.SetResult();
    }
}
