using System.Diagnostics;

namespace Cde.Kernels.Cells;

/// <summary>One run of a body on a cell thread: its token, its continuations, and the way it is stopped.</summary>
/// <param name="body">The body.</param>
internal sealed class CellRun(Func<CancellationToken, Task> body)
{
    // What is stopped unwinds within this time, or is left where it waits.
    private static readonly TimeSpan UnwindingTime = TimeSpan.FromMilliseconds(60);
    private static readonly AsyncLocal<CellRun?> Flowing = new();

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _cancellation = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ManualResetEventSlim _hurry = new();
    private readonly List<GraceExtension> _extensions = [];
    private readonly List<InterruptibleSection> _sections = [];
    private readonly Lock _gate = new();
    private readonly ExecutionContext? _flow = ExecutionContext.Capture();
    private Continuations? _continuations;
    private int _interrupts;
    private bool _isAbandoned;

    /// <summary>The run that the calling code belongs to, on whichever thread; null outside cells.</summary>
    public static CellRun? Current => Flowing.Value;

    /// <summary>Done when the body is, well or not; failed with <see cref="CellInterruptedException"/> where it was stopped.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Set when the grace after an interrupt is over.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <summary>Whether the grace after an interrupt is over.</summary>
    public bool IsStopped => _stop.IsCancellationRequested;

    /// <summary>Runs the body to its end, or until it is stopped. Called by the cell thread.</summary>
    public void Execute()
    {
        // What flows with the caller (culture, the cell it belongs to) flows into the body, and nothing of it stays on the thread.
        if (_flow is null)
            ExecuteHere();
        else
            ExecutionContext.Run(_flow, static run => ((CellRun)run!).ExecuteHere(), this);
    }

    /// <summary>Ends a run that never began.</summary>
    public void Drop() => _ended.TrySetException(new CellInterruptedException());

    /// <summary>Stops the run: the token, then the grace, then by force. Returns at once.</summary>
    public void Stop()
    {
        // The thread is an own one, because the cell may have filled the pool.
        if (Interlocked.Increment(ref _interrupts) == 1)
            new Thread(StopInSteps) { IsBackground = true, Name = "cell interrupt" }.Start();
        else
            _hurry.Set();
    }

    /// <summary>A stretch of the body's code begins on some thread.</summary>
    /// <returns>False where the run was abandoned: the code must not begin.</returns>
    public bool Enter(InterruptibleSection section)
    {
        lock (_gate)
        {
            if (!_isAbandoned)
                _sections.Add(section);
            return !_isAbandoned;
        }
    }

    /// <summary>The stretch is over.</summary>
    public void Leave(InterruptibleSection section)
    {
        lock (_gate)
            _sections.Remove(section);
    }

    /// <summary>Gives the run more time to follow its token.</summary>
    public void Add(GraceExtension extension)
    {
        lock (_gate)
            _extensions.Add(extension);
    }

    /// <summary>Takes the time back.</summary>
    public void Remove(GraceExtension extension)
    {
        lock (_gate)
            _extensions.Remove(extension);
    }

    private void ExecuteHere()
    {
        var continuations = _continuations = new Continuations(this);
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(continuations);
        Flowing.Value = this;
        Task? task = null;
        var failure = default(Exception);
        try
        {
            failure = InterruptibleSection.Run(this, () => task = body(_cancellation.Token));
            task?.ContinueWith(_ => continuations.Wake(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            while (failure is null && task is { IsCompleted: false } && continuations.Take(() => task.IsCompleted) is { } next)
                failure = InterruptibleSection.Run(this, next);
        }
        finally
        {
            Flowing.Value = null;
            SynchronizationContext.SetSynchronizationContext(before);
            Settle(task, failure);
        }
    }

    // Callbacks of the tokens are the cell's code and may block: neither the caller of Stop nor the next step waits for them.
    private void StopInSteps()
    {
        _ = _cancellation.CancelAsync();
        var clock = Stopwatch.StartNew();
        while (!_ended.Task.IsCompleted && clock.Elapsed < GraceNow() && !_hurry.Wait(TimeSpan.FromMilliseconds(2)))
        {
        }

        // A run that follows its token is over here. Where it is not, what it still has running on other threads is stopped too.
        if (_ended.Task.IsCompleted)
            return;
        InterruptPoints.Arm();
        _ = _stop.CancelAsync();
        var unwound = clock.Elapsed + UnwindingTime;
        while (true)
        {
            InterruptibleSection[] sections;
            lock (_gate)
                sections = [.. _sections];
            foreach (var section in sections)
                section.WakeWhereBlocked(clock.ElapsedMilliseconds);
            if (_ended.Task.IsCompleted && sections.Length == 0)
                break;
            if (clock.Elapsed > unwound)
                AbandonWhereIdle();
            Thread.Sleep(1);
        }

        InterruptPoints.DisarmLater();
    }

    private void AbandonWhereIdle()
    {
        if (_continuations?.Abandon() == true)
        {
            lock (_gate)
                _isAbandoned = true;
        }
    }

    private TimeSpan GraceNow()
    {
        lock (_gate)
            return _extensions.Select(extension => extension.Grace).Append(CellThread.Grace).Max();
    }

    private void Settle(Task? task, Exception? failure)
    {
        var wasInterrupted = Volatile.Read(ref _interrupts) > 0;
        var isLeftBehind = task is not { IsCompleted: true } && failure is null;
        _continuations!.Close(isDropping: isLeftBehind);
        if (isLeftBehind || (wasInterrupted && IsOfInterrupt(failure ?? task!.Exception ?? (Exception?)(task.IsCanceled ? new OperationCanceledException() : null))))
            _ended.TrySetException(new CellInterruptedException());
        else if (failure is not null)
            _ended.TrySetException(failure);
        else
            _ended.TrySetResult();
        _hurry.Set();
    }

    // What a stopped body may end with: the cancellation it was asked for, or what stopped it, wrapped as code wraps exceptions.
    private static bool IsOfInterrupt(Exception? failure) => failure switch
    {
        null => false,
        OperationCanceledException or ThreadInterruptedException => true,
        AggregateException many => many.InnerExceptions.Any(IsOfInterrupt),
        _ => IsOfInterrupt(failure.InnerException),
    };
}
