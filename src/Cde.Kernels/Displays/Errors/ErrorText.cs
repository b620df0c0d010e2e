using System.Text.RegularExpressions;
using Cde.Kernels.Cells;

namespace Cde.Kernels.Displays;

/// <summary>How a cell's error reads, the same in every front end.</summary>
public static partial class ErrorText
{
    /// <summary>Lines of a traceback at most; what is between the first and the last is left out.</summary>
    public const int MaxLines = 120;

    private const int MaxLineCharacters = 2_000;

    /// <summary>The error as lines with ANSI colours: kind and message, then the traceback. What Jupyter's <c>error</c> message shows.</summary>
    public static IReadOnlyList<string> Lines(CellError error)
    {
        var (first, others) = Head(error);
        return
        [
            error.Name == "Interrupted" ? $"\e[33m{first}\e[0m" : $"\e[31m{error.Name}\e[0m{first[error.Name.Length..]}",
            .. others,
            .. Traceback(error).Select(line => line.StartsWith('→') ? $"\e[1m{line}\e[0m" : line),
        ];
    }

    /// <summary>The error as plain text, without a line break at the end.</summary>
    public static string Plain(CellError error)
    {
        var (first, others) = Head(error);
        return string.Join('\n', [first, .. others, .. Traceback(error).Select(WithoutColours)]);
    }

    /// <summary>The error as an HTML fragment.</summary>
    public static string ToHtml(CellError error)
    {
        var (first, others) = Head(error);
        var lines = Traceback(error).Select(line => WithoutColours(line)).Select(line =>
            line.StartsWith('→') ? $"<strong>{HtmlEscape.Of(line)}</strong>" : HtmlEscape.Of(line));
        return "<pre style=\"white-space:pre-wrap;margin:0;padding:.4em .6em;border-left:3px solid #cf222e;background:none;color:inherit\">"
            + string.Join('\n', [$"<strong>{HtmlEscape.Of(first)}</strong>", .. others.Select(HtmlEscape.Of), .. lines]) + "</pre>";
    }

    /// <summary>A text without terminal control sequences.</summary>
    public static string WithoutColours(string text) => Control().Replace(text, "");

    private static (string First, IReadOnlyList<string> Others) Head(CellError error)
    {
        var message = WithoutColours(error.Message).ReplaceLineEndings("\n").Split('\n').Select(Cut).ToList();
        var place = error.Line > 0 && error.Traceback.Count == 0 ? $" (line {error.Line})" : "";
        var first = message[0].Length > 0 ? $"{error.Name}: {message[0]}{place}" : error.Name + place;
        return (first, message.Skip(1).Take(MaxLines).ToList());
    }

    private static IReadOnlyList<string> Traceback(CellError error)
    {
        // Each entry is a line or a few: what is left out is told from the entries, without reading all of them.
        var entries = error.Traceback;
        IReadOnlyList<string> kept = entries.Count <= MaxLines
            ? entries
            : [.. entries.Take(MaxLines / 2), $"… {entries.Count - MaxLines} lines left out …", .. entries.Skip(entries.Count - (MaxLines / 2))];
        var lines = kept.SelectMany(entry => entry.ReplaceLineEndings("\n").Split('\n')).Select(Cut).ToList();
        return lines.Count <= 2 * MaxLines ? lines : [.. lines.Take(MaxLines), "…", .. lines.TakeLast(MaxLines)];
    }

    private static string Cut(string line) => line.Length > MaxLineCharacters ? line[..MaxLineCharacters] + "…" : line;

    [GeneratedRegex("\e(\\[[0-?]*[ -/]*[@-~]|\\][^\a\e]*(\a|\e\\\\)?|[@-Z\\\\^_])")]
    private static partial Regex Control();
}
