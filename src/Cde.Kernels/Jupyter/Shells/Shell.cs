using Cde.Kernels.Cells;
using Cde.Kernels.Hosting;
using Cde.Kernels.Jupyter.Zmtp;

namespace Cde.Kernels.Jupyter;

/// <summary>A line of requests that are dealt with one after another: the main shell, or a subshell beside it.</summary>
internal sealed class Shell : IDisposable
{
    // Requests that a front end sent before it heard of an error are still on their way for about this long.
    private static readonly TimeSpan InTransit = TimeSpan.FromMilliseconds(20);

    private readonly EngineSource _engine;
    private readonly RequestThread _thread;
    private CancellationTokenSource _interrupt = new();
    private CancellationToken _interrupted;

    /// <summary>Opens a shell.</summary>
    /// <param name="id">The subshell's name; null for the main shell.</param>
    /// <param name="engine">Runs its cells.</param>
    /// <param name="history">Keeps them.</param>
    /// <param name="run">Deals with a request.</param>
    public Shell(string? id, EngineSource engine, HistorySession history, Action<Request> run)
    {
        Id = id;
        _engine = engine;
        History = history;
        _thread = new RequestThread(id is null ? "shell" : $"subshell {id}", request =>
        {
            _interrupted = Volatile.Read(ref _interrupt).Token;
            run(request);
        });
    }

    /// <summary>The subshell's name; null for the main shell.</summary>
    public string? Id { get; }

    /// <summary>What was run here.</summary>
    public HistorySession History { get; }

    /// <summary>The number of the last cell that counts.</summary>
    public int ExecutionCount { get; set; }

    /// <summary>A cell failed, and those that waited behind it are not run.</summary>
    public bool IsAborting { get; private set; }

    /// <summary>The shell takes no more requests.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The request that is dealt with; null while there is none.</summary>
    public Request? Current => _thread.Current;

    /// <summary>Adds a request.</summary>
    /// <returns>False where the shell is closed.</returns>
    public bool Post(Request request) => _thread.Post(request);

    /// <summary>Runs a cell to its end, on the engine's threads.</summary>
    /// <exception cref="OperationCanceledException">Interrupted while the engine still started.</exception>
    public CellOutcome Execute(CellRequest cell, ICellOutput output)
    {
        var engine = Await(_engine.Made);
        var running = engine.ExecuteAsync(cell, output);
        if (_interrupted.IsCancellationRequested)
            engine.Interrupt(Id); // it came before there was anything to interrupt
        return running.GetAwaiter().GetResult();
    }

    /// <summary>Asks the engine for something other than a cell; an interrupt ends the wait.</summary>
    /// <exception cref="OperationCanceledException">Interrupted.</exception>
    public T Ask<T>(Func<INotebookEngine, CancellationToken, Task<T>> question) => Await(question(Await(_engine.Made), _interrupted));

    private T Await<T>(Task<T> task)
    {
        try
        {
            task.Wait(_interrupted);
        }
        catch (AggregateException)
        {
            // The awaiter below throws what is inside.
        }

        return task.GetAwaiter().GetResult();
    }

    /// <summary>Stops what runs here; from any thread, at once.</summary>
    public void Interrupt()
    {
        if (Current is null)
            return;
        var source = Interlocked.Exchange(ref _interrupt, new CancellationTokenSource());
        _engine.Ready?.Interrupt(Id);

        // What is registered with the token runs inside Cancel: not on the control thread, and not on a pool that cells may have filled.
        new Thread(source.Cancel) { IsBackground = true, Name = "interrupt" }.Start();
    }

    /// <summary>Does not run the cells that wait now (<c>stop_on_error</c>). Called on the shell's thread, before the failed cell's reply.</summary>
    /// <param name="source">The socket that requests come over.</param>
    public void AbortWaiting(RouterSocket source)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (source.HasUnreadInput && TimeProvider.System.GetElapsedTime(start) < InTransit)
            Thread.Sleep(1);
        IsAborting = true;
        if (!_thread.Post(() => IsAborting = false))
            IsAborting = false;
    }

    /// <summary>Takes no more requests; the thread ends when those that wait are dealt with.</summary>
    public void Dispose()
    {
        IsClosed = true;
        _thread.Post(History.Dispose);
        _thread.Dispose();
    }

    /// <summary>Waits for the thread to end.</summary>
    public bool Join(TimeSpan atMost) => _thread.Join(atMost);
}
