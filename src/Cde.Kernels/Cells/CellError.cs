namespace Cde.Kernels.Cells;

/// <summary>Why a cell failed.</summary>
/// <param name="Name">The kind: an exception's type name, <c>CompilationError</c>, <c>UsageError</c>, <c>Interrupted</c>.</param>
/// <param name="Message">The reason in one line.</param>
/// <param name="Traceback">The lines to show, without the kind and message alone: the cell's line marked, the calls. May hold ANSI colours.</param>
/// <param name="Line">The line of the cell where it happened, from 1; 0 where it cannot be told.</param>
/// <param name="Column">The column in UTF-16 units, from 1; 0 where it cannot be told.</param>
public sealed record CellError(string Name, string Message, IReadOnlyList<string> Traceback, int Line = 0, int Column = 0);
