namespace Cde.Kernels.Cells;

/// <summary>While it lives, the run it was made for has at least its time to follow an interrupt.</summary>
internal sealed class GraceExtension : IDisposable
{
    private readonly CellRun? _run;

    public GraceExtension(CellRun? run, TimeSpan grace)
    {
        _run = run;
        Grace = grace;
        run?.Add(this);
    }

    /// <summary>The time.</summary>
    public TimeSpan Grace { get; }

    /// <inheritdoc/>
    public void Dispose() => _run?.Remove(this);
}
