using Cde.Kernels.Cells;

namespace Cde.Kernels.Notebooks;

/// <summary>What came of running a notebook.</summary>
/// <param name="Cells">The cells that were run, in order.</param>
/// <param name="Failure">Why the run stopped before its end, in one line that names the cell; null where it did not.</param>
public sealed record NotebookRun(IReadOnlyList<ExecutedCell> Cells, string? Failure)
{
    /// <summary>The run was asked to stop.</summary>
    public bool WasInterrupted { get; init; }

    /// <summary>A cell did not stop when it was asked to and may still be running: its engine cannot be used any more.</summary>
    public bool LeftCellRunning { get; init; }
}

/// <summary>One cell of a run.</summary>
/// <param name="Number">Its place in the notebook, from 1; 0 for the cell that the run put in for its parameters.</param>
/// <param name="Language">The language it is written in.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
public sealed record ExecutedCell(int Number, string Language, double Seconds, CellError? Error);
