using System.Diagnostics;
using Cde.Kernels.Cells;

namespace Cde.Kernels.Displays;

/// <summary>Finds the line of the running cell in an exception's calls.</summary>
internal static class CellLine
{
    /// <summary>The lines around the innermost call that stands in the running cell; none where the exception never passed it.</summary>
    public static IReadOnlyList<string> Excerpt(Exception exception)
    {
        if (CellContext.Current is not { } cell)
            return [];
        var frames = new StackTrace(exception, fNeedFileInfo: true).GetFrames();
        var line = frames.FirstOrDefault(frame => frame.GetFileName() is { } file && Path.GetFileNameWithoutExtension(file) == cell.Request.Name)?.GetFileLineNumber() ?? 0;
        return line > 0 ? CodeExcerpt.Lines(cell.Request.Code, line + cell.LinesBefore) : [];
    }
}
