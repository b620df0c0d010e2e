namespace Cde.Kernels.Cells;

/// <summary>One stretch of a cell's code on one thread, which an interrupt wakes where it is blocked.</summary>
/// <remarks>
/// Two things have to hold: a wake-up never arrives after the stretch, and never in an uninterrupted region. .NET delivers a wake-up that
/// finds the thread awake at its next wait, so both need the handshake of this class.
/// </remarks>
internal sealed class InterruptibleSection
{
    private const int Running = 0;
    private const int BeingWoken = 1;
    private const int Over = 2;

    // What unwinds may run and block in its finally blocks this long before it is stopped there too.
    private const int UnwindingMs = 100;

    [ThreadStatic]
    private static InterruptibleSection? _current;

    private readonly Thread _thread = Thread.CurrentThread;
    private int _state;
    private int _regions;
    private int _isStopping;
    private int _wakeUps;
    private long _nextWakeUp;
    private volatile bool _isUnwinding;
    private long _cleansUpUntil;
    private bool _isUnwindingSeen;

    /// <summary>The stretch that the calling thread is in; null outside.</summary>
    public static InterruptibleSection? Current => _current;

    /// <summary>Whether the thread is in an uninterrupted region.</summary>
    public bool IsUninterrupted => _regions > 0;

    /// <summary>Runs code so that it can be woken.</summary>
    /// <param name="run">The cell's run that it belongs to.</param>
    /// <param name="code">The code.</param>
    /// <returns>What it threw; null where it ended, was stopped, or could not begin because its run is over.</returns>
    public static Exception? Run(CellRun run, Action code)
    {
        var section = new InterruptibleSection();
        if (!run.Enter(section))
            return null;
        section._isUnwinding = run.IsStopped;
        _current = section;
        try
        {
            code();
            return null;
        }
        catch (CellInterruptedException)
        {
            return null;
        }
        catch (ThreadInterruptedException) when (Volatile.Read(ref section._wakeUps) > 0)
        {
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
        finally
        {
            section.End();
            _current = null;
            run.Leave(section);
        }
    }

    /// <summary>Called by the thread of the stretch: an exception is about to be thrown to stop it.</summary>
    /// <returns>False where it was thrown a moment ago, and what runs now are the functions that <c>finally</c> blocks call.</returns>
    public bool Unwinds()
    {
        var now = Environment.TickCount64;
        if (now < Volatile.Read(ref _cleansUpUntil))
            return false;
        Volatile.Write(ref _cleansUpUntil, now + UnwindingMs);
        return _isUnwinding = true;
    }

    /// <summary>Wakes the thread where it is blocked. Called again and again, by one thread, until the stretch is over.</summary>
    /// <param name="now">Milliseconds of any steady clock.</param>
    public void WakeWhereBlocked(long now)
    {
        Volatile.Write(ref _isStopping, 1);
        if (_isUnwinding && !_isUnwindingSeen)
        {
            _isUnwindingSeen = true;
            _nextWakeUp = Math.Max(_nextWakeUp, now + UnwindingMs);
        }

        if (now < _nextWakeUp || (_thread.ThreadState & ThreadState.WaitSleepJoin) == 0
            || Interlocked.CompareExchange(ref _state, BeingWoken, Running) != Running)
            return;

        // Either this thread sees the region, or the thread that enters it sees that it is being woken: both write before they read.
        if (Volatile.Read(ref _regions) == 0)
        {
            // Repeats come ever later, so that a finally block that blocks is not broken at once.
            Volatile.Write(ref _wakeUps, _wakeUps + 1);
            _nextWakeUp = now + (100 << Math.Min(_wakeUps, 6));
            Volatile.Write(ref _cleansUpUntil, Environment.TickCount64 + UnwindingMs);
            _thread.Interrupt();
        }

        Volatile.Write(ref _state, Running);
    }

    /// <summary>Called by the thread of the stretch: no wake-up arrives until the region is left.</summary>
    /// <exception cref="ThreadInterruptedException">A wake-up had been under way.</exception>
    public void EnterUninterrupted()
    {
        if (_regions > 0)
        {
            _regions++;
            return;
        }

        Interlocked.Exchange(ref _regions, 1);
        if (Volatile.Read(ref _isStopping) == 0)
            return;
        SpinWait spin = default;
        while (Volatile.Read(ref _state) == BeingWoken)
            spin.SpinOnce(sleep1Threshold: -1);
        if (Volatile.Read(ref _wakeUps) == 0)
            return;

        // The code before the region is what the wake-up was for, so it is thrown from here.
        Volatile.Write(ref _regions, 0);
        Thread.Sleep(1);
        Interlocked.Exchange(ref _regions, 1);
        while (Volatile.Read(ref _state) == BeingWoken)
            spin.SpinOnce(sleep1Threshold: -1);
    }

    /// <summary>Called by the thread of the stretch at the end of a region.</summary>
    public void LeaveUninterrupted() => Volatile.Write(ref _regions, _regions - 1);

    private void End()
    {
        SpinWait spin = default;
        while (Interlocked.CompareExchange(ref _state, Over, Running) == BeingWoken)
            spin.SpinOnce(sleep1Threshold: -1);
        if (_wakeUps == 0)
            return;
        try
        {
            Thread.Sleep(1);
        }
        catch (ThreadInterruptedException)
        {
            // Meant for the code that has ended.
        }
    }
}
