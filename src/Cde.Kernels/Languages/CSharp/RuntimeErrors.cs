using System.Diagnostics;
using System.Globalization;
using Cde.Kernels.Cells;
using Cde.Kernels.Displays;

namespace Cde.Kernels.Languages.CSharp;

/// <summary>An exception of a cell's code as the cell's error: the cell's line marked, the calls, without those of the compiler and the engine.</summary>
internal static class RuntimeErrors
{
    // Lines of so many calls are looked up in a moment; those of an endless recursion take a quarter of a minute.
    private const int MostFramesWithLines = 500;
    private const int MostFrames = 200;

    private static readonly string[] Own = ["Cde.Kernels.Languages.CSharp.", "Cde.Kernels.Cells."];

    /// <summary>The error that an exception is.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="code">The cell's code.</param>
    /// <param name="name">The cell's name.</param>
    public static CellFailedException Of(Exception exception, string code, string name)
    {
        var shown = exception is AggregateException { InnerExceptions.Count: 1 } single ? single.InnerException! : exception;
        var frames = Frames(shown);
        var place = frames.FirstOrDefault(frame => FileOf(frame) == name);
        var lines = new List<string>();
        if (place is not null)
            lines.AddRange(CodeExcerpt.Lines(code, place.GetFileLineNumber()));
        lines.AddRange(Calls(frames));
        for (var inner = shown.InnerException; inner is not null; inner = inner.InnerException)
        {
            lines.Add($"caused by {inner.GetType().Name}: {inner.Message}");
            lines.AddRange(Calls(Frames(inner)));
        }

        return new CellFailedException(
            new CellError(shown.GetType().Name, shown.Message, lines, place?.GetFileLineNumber() ?? 0, place?.GetFileColumnNumber() ?? 0), shown);
    }

    private static StackFrame[] Frames(Exception exception)
    {
        var plain = new StackTrace(exception, fNeedFileInfo: false);
        return plain.FrameCount > MostFramesWithLines ? plain.GetFrames()[..MostFrames] : new StackTrace(exception, fNeedFileInfo: true).GetFrames();
    }

    private static IEnumerable<string> Calls(StackFrame[] frames)
    {
        foreach (var frame in frames)
        {
            var method = DiagnosticMethodInfo.Create(frame);
            if (method is null)
                continue;
            var type = method.DeclaringTypeName ?? "";
            if (Own.Any(own => type.StartsWith(own, StringComparison.Ordinal)) || type.StartsWith("System.Runtime.CompilerServices.", StringComparison.Ordinal)
                || type.StartsWith("System.Runtime.ExceptionServices.", StringComparison.Ordinal))
            {
                continue;
            }

            var line = frame.GetFileLineNumber();
            var where = FileOf(frame) is { } file && line > 0 ? string.Create(CultureInfo.InvariantCulture, $" in {file}, line {line}") : "";
            var call = IsTopLevel(type, method.Name) ? where.Length > 0 ? where[4..] : "" : $"{string.Join('.', new[] { Readable(type), method.Name }.Where(part => part.Length > 0))}{where}";
            if (call.Length > 0)
                yield return "   at " + call;
        }
    }

    // The runtime makes a full path of a cell's name, which is no file.
    private static string? FileOf(StackFrame frame) => frame.GetFileName() is { } file ? File.Exists(file) ? file : Path.GetFileName(file) : null;

    // The code of a cell outside its methods is compiled to Submission#N.<<Initialize>>d__0.MoveNext and the factory that starts it.
    private static bool IsTopLevel(string type, string method) =>
        type.StartsWith("Submission#", StringComparison.Ordinal) && (type.Contains("<<Initialize>>", StringComparison.Ordinal) || method is "<Factory>" or "<Initialize>" or ".ctor");

    private static string Readable(string name)
    {
        var start = name.IndexOf('+', StringComparison.Ordinal);
        var text = name.StartsWith("Submission#", StringComparison.Ordinal) ? start < 0 ? "" : name[(start + 1)..] : name;
        return text.Replace('+', '.').Trim('.');
    }
}
