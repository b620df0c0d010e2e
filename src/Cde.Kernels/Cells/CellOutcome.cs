namespace Cde.Kernels.Cells;

/// <summary>How a cell ended.</summary>
/// <param name="Error">Why it failed; null where it did not.</param>
/// <param name="WasInterrupted">It was stopped on request; <paramref name="Error"/> then says so.</param>
public sealed record CellOutcome(CellError? Error = null, bool WasInterrupted = false)
{
    /// <summary>Ended well.</summary>
    public static CellOutcome Done { get; } = new();

    /// <summary>Whether it ended well.</summary>
    public bool IsDone => Error is null;
}
