using System.Diagnostics;
using Cde.Kernels.Cells;

namespace Cde.Kernels.Displays;

/// <summary>Finds the line of the running cell in an exception's calls: languages compile a cell as a file of the cell's name.</summary>
internal static class CellLine
{
    /// <summary>The lines around the innermost call that stands in the running cell; none where the exception never passed it.</summary>
    public static IReadOnlyList<string> Excerpt(Exception exception)
    {
        if (CellContext.Current is not { } cell)
            return [];
        var frames = new StackTrace(exception, fNeedFileInfo: true).GetFrames();
        var line = frames.FirstOrDefault(frame => frame.GetFileName() is { } file && (file == cell.Request.Name || Path.GetFileName(file) == cell.Request.Name))?.GetFileLineNumber() ?? 0;
        return line > 0 ? CodeExcerpt.Lines(cell.Request.Code, line + cell.LinesBefore) : [];
    }
}
