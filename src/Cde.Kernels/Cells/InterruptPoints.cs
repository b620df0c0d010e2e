using System.Runtime.CompilerServices;

namespace Cde.Kernels.Cells;

/// <summary>
/// Where a cell's own code lets an interrupt in. Languages that compile to IL call these at the head of every loop, at the start of
/// every method and behind every await; while no cell is being stopped, a call costs about a nanosecond.
/// </summary>
public static class InterruptPoints
{
    // What a stopped cell started on other threads has this long to come by a point, before points stop looking for it.
    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(30);
    private static int _stopped;

    /// <summary>At the head of a loop.</summary>
    /// <exception cref="CellInterruptedException">The cell that the calling code belongs to is stopped.</exception>
    public static void Poll()
    {
        if (Volatile.Read(ref _stopped) != 0)
            Look(isCaught: false);
    }

    /// <summary>In the body of an async method, whose exceptions end in its task.</summary>
    /// <exception cref="CellInterruptedException">The cell that the calling code belongs to is stopped.</exception>
    public static void PollAsync()
    {
        if (Volatile.Read(ref _stopped) != 0)
            Look(isCaught: true);
    }

    /// <summary>At the start of a method.</summary>
    /// <exception cref="CellInterruptedException">The cell that the calling code belongs to is stopped.</exception>
    /// <exception cref="InsufficientExecutionStackException">The calls nest too deep; without this the process would end.</exception>
    public static void Enter()
    {
        if (Volatile.Read(ref _stopped) != 0)
            Look(isCaught: false);
        RuntimeHelpers.EnsureSufficientExecutionStack();
    }

    /// <summary>At the start of a <c>catch</c> block that takes every exception: what stops the cell passes through it.</summary>
    /// <exception cref="CellInterruptedException">The cell that the calling code belongs to is stopped.</exception>
    public static void Catch()
    {
        if (Volatile.Read(ref _stopped) != 0)
            Look(isCaught: false, isPassing: true);
    }

    /// <summary>A run is stopped: its code is looked out for from now on.</summary>
    internal static void Arm() => Interlocked.Increment(ref _stopped);

    /// <summary>The run has ended; what it left on other threads is looked out for a while longer.</summary>
    internal static void DisarmLater() =>
        Task.Delay(Watch).ContinueWith(static _ => Interlocked.Decrement(ref _stopped), TaskScheduler.Default);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Look(bool isCaught, bool isPassing = false)
    {
        if (CellRun.Current is not { IsStopped: true })
            return;

        // On a bare thread an exception ends the process, so it is thrown only where a task or the cell thread catches it.
        var section = InterruptibleSection.Current;
        if (section is null ? !isCaught && Task.CurrentId is null : section.IsUninterrupted)
            return;
        if (section?.Unwinds() != false || isPassing)
            throw new CellInterruptedException();
    }
}
