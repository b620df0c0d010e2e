using Cde.Kernels.Hosting;
using Cde.Kernels.Languages;

namespace Cde.Kernels.Cells;

/// <summary>
/// What a front end drives: runs cells, completes, explains. The Jupyter kernel and the headless runner use the same one.
/// Positions are UTF-16 units in the cell's text; a front end that counts otherwise converts.
/// </summary>
public interface INotebookEngine : IAsyncDisposable
{
    /// <summary>The language of a cell that names none.</summary>
    string DefaultLanguage { get; }

    /// <summary>Runs a cell to its end. The returned task never fails for the cell's sake: the outcome tells.</summary>
    /// <param name="request">The cell.</param>
    /// <param name="output">Where what it shows goes. Errors are not written here: the front end shows <see cref="CellOutcome.Error"/>.</param>
    Task<CellOutcome> ExecuteAsync(CellRequest request, ICellOutput output);

    /// <summary>Stops the cell that a shell is running; nothing happens where it runs none. Returns at once, from any thread.</summary>
    /// <param name="shell">The subshell; the main one where null.</param>
    void Interrupt(string? shell = null);

    /// <summary>What could stand at a position.</summary>
    Task<CompletionList> CompleteAsync(string code, int position, CancellationToken cancellation = default);

    /// <summary>What stands at a position; null where nothing is known of it.</summary>
    Task<Hover?> InspectAsync(string code, int position, CancellationToken cancellation = default);

    /// <summary>Whether a cell could be run as it stands.</summary>
    Completeness Check(string code);

    /// <summary>Evaluates an expression of the default language after a cell (Jupyter's <c>user_expressions</c>).</summary>
    /// <exception cref="CellFailedException">It cannot be evaluated.</exception>
    Task<MimeBundle> EvaluateAsync(string expression, CancellationToken cancellation = default);
}
