using Cde.Workbench;

namespace Cde.Kernels.Cells;

/// <summary>A cell cannot be run, or ended with an error that is already described: a compile error, an exception of its code, a wrong magic.</summary>
/// <param name="error">The description, with the line inside the code that the language was given.</param>
/// <param name="cause">The exception of the cell's code, where there was one.</param>
public sealed class CellFailedException(CellError error, Exception? cause = null) : CdeException(error.Message, cause)
{
    /// <summary>The description.</summary>
    public CellError Error { get; } = error;
}
