using Cde.Kernels.Cells;

namespace Cde.Kernels.Displays;

/// <summary>Tells an exception that stops the cell from one that says something about a value.</summary>
internal static class Interruption
{
    /// <summary>Whether the exception is the way in which an interrupt reaches this code: it is passed on, never shown as a value.</summary>
    public static bool Is(Exception exception) =>
        exception is CellInterruptedException or ThreadInterruptedException or OutOfMemoryException
        || (exception is OperationCanceledException && CellContext.Current?.Cancellation.IsCancellationRequested == true);
}
