using System.Runtime.ExceptionServices;

namespace Cde.Kernels.Cells;

/// <summary>
/// The synchronization context of one run: what follows the body's awaits, in order, for the cell thread to run. What the thread cannot
/// take because the body blocks it (<c>task.Result</c> around an await) goes to the pool, still stoppable, so that such code
/// ends as it does in a program without a context. What is left of a body that has ended goes to the pool as well.
/// </summary>
/// <param name="run">The run.</param>
internal sealed class Continuations(CellRun run) : SynchronizationContext
{
    // Longer than a continuation of a body that awaits its turn takes, shorter than what a person notices.
    private const int StallMs = 15;

    private readonly Thread _thread = Thread.CurrentThread;
    private readonly object _gate = new();
    private readonly Queue<Action> _waiting = new();
    private Timer? _stall;
    private volatile bool _isBusy = true;
    private bool _isAbandoned;
    private bool _isClosed;
    private bool _isDropping;

    /// <summary>The next continuation; blocks until there is one.</summary>
    /// <param name="isDone">Whether the body has ended.</param>
    /// <returns>Null where the body has ended or was abandoned.</returns>
    public Action? Take(Func<bool> isDone)
    {
        _isBusy = false;
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_isAbandoned && !isDone())
                Monitor.Wait(_gate);
            if (_isAbandoned || isDone())
                return null;
            _isBusy = true;
            return _waiting.Dequeue();
        }
    }

    /// <summary>Has <see cref="Take"/> look again whether the body has ended.</summary>
    public void Wake()
    {
        // Called by whichever thread ended the body, perhaps one that is being stopped.
        using var region = CellThread.Uninterrupted();
        lock (_gate)
            Monitor.PulseAll(_gate);
    }

    /// <summary>Ends the wait of a body that has nothing left to do but wait.</summary>
    /// <returns>Whether it does; false where the thread is busy with the body's code.</returns>
    public bool Abandon()
    {
        lock (_gate)
        {
            _isAbandoned |= !_isBusy && _waiting.Count == 0;
            Monitor.PulseAll(_gate);
            return _isAbandoned;
        }
    }

    /// <summary>The cell thread leaves.</summary>
    /// <param name="isDropping">The body was abandoned: what follows its awaits never runs. Otherwise it runs on the pool, now and later.</param>
    public void Close(bool isDropping)
    {
        lock (_gate)
        {
            _isClosed = true;
            _isDropping = isDropping;
            _stall?.Dispose();
            MoveToPool();
        }
    }

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback callback, object? state)
    {
        using var region = CellThread.Uninterrupted();
        lock (_gate)
        {
            _waiting.Enqueue(() => callback(state));
            if (!_isBusy && !_isClosed)
                Monitor.PulseAll(_gate);
            else if (_isClosed || (_thread.ThreadState & ThreadState.WaitSleepJoin) != 0)
                MoveToPool();
            else
                (_stall ??= new Timer(_ => AfterStall())).Change(StallMs, Timeout.Infinite);
        }
    }

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback callback, object? state) => callback(state);

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    private void Fail(Exception failure)
    {
        lock (_gate)
        {
            if (_isClosed)
                return;
            _waiting.Enqueue(() => ExceptionDispatchInfo.Throw(failure));
            Monitor.PulseAll(_gate);
        }
    }

    private void AfterStall()
    {
        lock (_gate)
        {
            if (_isBusy && !_isClosed)
                MoveToPool();
        }
    }

    private void MoveToPool()
    {
        while (_waiting.TryDequeue(out var continuation))
        {
            if (_isDropping)
                continue;
            ThreadPool.UnsafeQueueUserWorkItem(_ => RunOnPool(continuation), null);
        }
    }

    private void RunOnPool(Action continuation)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            // An exception that arrives here left an async void method, whose caller is gone. The cell fails with it while it runs; a
            // program would end with it, but a notebook's session outlives it.
            if (InterruptibleSection.Run(run, continuation) is { } failure)
                Fail(failure);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}
