namespace Cde.Kernels.Cells;

/// <summary>A stretch of a cell's code that no interrupt breaks; see <see cref="CellThread.Uninterrupted"/>.</summary>
public readonly struct UninterruptedRegion : IDisposable
{
    private readonly InterruptibleSection? _section;

    internal UninterruptedRegion(InterruptibleSection? section)
    {
        _section = section;
        section?.EnterUninterrupted();
    }

    /// <summary>Lets interrupts through again.</summary>
    public void Dispose() => _section?.LeaveUninterrupted();
}
