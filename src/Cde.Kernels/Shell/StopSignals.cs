using System.Runtime.InteropServices;

namespace Cde.Kernels.Shell;

/// <summary>
/// Ctrl-C and SIGTERM: the first asks the command to stop cleanly, the second ends the process at once with 130.
/// </summary>
public sealed partial class StopSignals : IDisposable
{
    /// <summary>The exit code of an interrupted command.</summary>
    public const int Interrupted = 130;

    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Action<string> _tell;
    private int _count;

    /// <summary>Begins to listen.</summary>
    /// <param name="tell">Told what was understood, once.</param>
    public StopSignals(Action<string> tell)
    {
        _tell = tell;
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM])
            _registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Stops cleanly without a signal.</summary>
    public void Stop()
    {
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The command has ended.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _count) > 1)
            End();
        _tell("stopping cleanly (again to end at once)");
        _source.Cancel();
    }

    private static void End()
    {
        if (OperatingSystem.IsWindows())
            Environment.Exit(Interrupted);
        else
            ExitNow(Interrupted); // no finalizers, no exit handlers: native code may be stuck
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void ExitNow(int status);
}
