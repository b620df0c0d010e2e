namespace Cde.Kernels.Cells;

/// <summary>A cell was stopped on request. Cancellations that the cell's own code raises are other exceptions: this one comes from <see cref="CellThread.Interrupt"/> alone.</summary>
public sealed class CellInterruptedException() : OperationCanceledException("the cell was interrupted");
