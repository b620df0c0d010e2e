using System.Runtime.InteropServices;

namespace Cde.Kernels.Jupyter;

/// <summary>Signals as a kernel takes them: SIGINT (Ctrl-C) interrupts the running cells, SIGTERM ends the kernel as a shutdown does.</summary>
internal sealed class KernelSignals : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;

    /// <summary>Begins to listen.</summary>
    public KernelSignals(JupyterKernel kernel) => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            kernel.Interrupt();
        }),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            kernel.Stop();
        }),
    ];

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_registrations, registration => registration.Dispose());
}
