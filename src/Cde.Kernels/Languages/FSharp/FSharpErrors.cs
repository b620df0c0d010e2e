using System.Diagnostics;
using System.Globalization;
using Cde.Kernels.Cells;
using Cde.Kernels.Displays;
using FSharp.Compiler.Diagnostics;

namespace Cde.Kernels.Languages;

/// <summary>The errors of F# code as a notebook shows them.</summary>
internal static class FSharpErrors
{
    private const int MaxDiagnostics = 10;

    /// <summary>Code that does not compile: every error with its line and a caret.</summary>
    public static CellFailedException Compilation(IReadOnlyList<FSharpDiagnostic> diagnostics, string code, Exception cause)
    {
        var errors = diagnostics.Where(one => one.Severity.IsError).ToList();
        if (errors.Count == 0)
            return new(new CellError("CompilationError", FirstLine(cause.Message), []), cause);
        var lines = new List<string>();
        foreach (var error in errors.Take(MaxDiagnostics))
        {
            lines.Add(Line(error));
            lines.AddRange(CodeExcerpt.Lines(code, error.StartLine, error.StartColumn + 1, around: 1));
        }

        if (errors.Count > MaxDiagnostics)
            lines.Add($"and {errors.Count - MaxDiagnostics} more errors");
        var first = errors[0];
        return new(new CellError("CompilationError", $"{first.ErrorNumberText}: {FirstLine(first.Message)}", lines, first.StartLine, first.StartColumn + 1));
    }

    /// <summary>A diagnostic in one line: <c>(2,13): error FS0001: ...</c>.</summary>
    public static string Line(FSharpDiagnostic diagnostic) => string.Create(CultureInfo.InvariantCulture,
        $"({diagnostic.StartLine},{diagnostic.StartColumn + 1}): {(diagnostic.Severity.IsError ? "error" : "warning")} {diagnostic.ErrorNumberText}: {string.Join(' ', diagnostic.Message.Split('\n').Select(line => line.Trim()))}");

    /// <summary>What running code threw: the cell's line marked, then the calls.</summary>
    /// <param name="failure">The exception.</param>
    /// <param name="code">The cell's code.</param>
    /// <param name="fileName">What the compiler called it.</param>
    public static CellFailedException Run(Exception failure, string code, string fileName)
    {
        var frames = new StackTrace(failure, fNeedFileInfo: true).GetFrames();
        var line = frames.FirstOrDefault(frame => Path.GetFileName(frame.GetFileName()) == fileName)?.GetFileLineNumber() ?? 0;
        var lines = new List<string>(CodeExcerpt.Lines(code, line));
        // Above the cell's own statements stands the session, which calls them by reflection.
        var last = Array.FindLastIndex(frames, IsCell);
        lines.AddRange(frames.Take(last < 0 ? frames.Length : last + 1).Select(Call));
        for (var inner = failure.InnerException; inner is not null; inner = inner.InnerException)
            lines.Add($"caused by {inner.GetType().Name}: {inner.Message}");
        return new(new CellError(failure.GetType().Name, failure.Message, lines, line), failure);
    }

    // The code that holds a cell's own statements has a name that only the compiler knows.
    private static bool IsCell(StackFrame frame) => frame.GetMethod()?.DeclaringType?.FullName?.StartsWith("<StartupCode$", StringComparison.Ordinal) == true;

    private static string Call(StackFrame frame)
    {
        var method = frame.GetMethod();
        var type = method?.DeclaringType;
        var name = IsCell(frame) ? "the cell" : $"{type?.FullName?.Replace('+', '.')}{(type is null ? "" : ".")}{method?.Name}";
        var file = frame.GetFileName();
        return File.Exists(file) || file?.EndsWith(".fsx", StringComparison.Ordinal) == true
            ? string.Create(CultureInfo.InvariantCulture, $"   at {name} in {Path.GetFileNameWithoutExtension(file)}, line {frame.GetFileLineNumber()}")
            : $"   at {name}";
    }

    private static string FirstLine(string text) => text.Split('\n')[0].Trim();
}
