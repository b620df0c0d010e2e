using System.Globalization;
using System.Text.RegularExpressions;
using Cde.Kernels.Cells;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Cde.Kernels.Languages.CSharp.Submissions;

/// <summary>What the compiler has to say, as a cell's error.</summary>
internal static partial class CompilationErrors
{
    /// <summary>The name that compile errors have.</summary>
    public const string Name = "CompilationError";

    // After so many, the rest follows from the first.
    private const int MaxShown = 20;

    // A task that nobody awaits: its work may not be done when the cell is, and its errors are lost.
    private const string UnawaitedTask = "CS4014";

    /// <summary>Whether a warning is shown: only one that tells of a lost result.</summary>
    public static bool IsWorthShowing(Diagnostic diagnostic) => diagnostic.Id == UnawaitedTask && !diagnostic.IsSuppressed;

    /// <summary>The error of a cell that does not compile.</summary>
    /// <param name="errors">The compiler's errors; at least one.</param>
    /// <param name="source">The cell.</param>
    /// <param name="tree">Its tree.</param>
    public static CellFailedException Describe(IReadOnlyList<Diagnostic> errors, CellSource source, SyntaxTree tree)
    {
        // What does not parse has no meaning yet: errors of the grammar hide those of names and types.
        var ofGrammar = tree.GetDiagnostics().Where(error => error.Severity == DiagnosticSeverity.Error).ToList();
        var ordered = (ofGrammar.Count > 0 ? ofGrammar : errors).OrderBy(error => error.Location.SourceTree == tree ? 0 : 1).ThenBy(error => error.Location.SourceSpan.Start).DistinctBy(error => (error.Id, error.Location)).ToList();
        var lines = ordered.Take(MaxShown).SelectMany(error => Marked(error, source, tree)).ToList();
        if (ordered.Count > MaxShown)
            lines.Add($"and {ordered.Count - MaxShown} more");
        var first = ordered[0];
        var position = first.Location.SourceTree == tree ? first.Location.GetLineSpan().StartLinePosition : new LinePosition(-1, -1);
        return new CellFailedException(new CellError(
            Name, $"{first.Id}: {first.GetMessage(CultureInfo.InvariantCulture)}{WayOut(first)}", lines, position.Line + 1, position.Character + 1));
    }

    /// <summary>An error of a line that the compiler never sees, such as <c>#r</c>.</summary>
    /// <param name="message">The reason, in one line.</param>
    /// <param name="source">The cell.</param>
    /// <param name="line">The line, from 0.</param>
    public static CellFailedException OfLine(string message, CellSource source, int line) =>
        new(new CellError(Name, message, [$"({line + source.LinesBefore + 1},1): error: {message}", "    " + source.Line(line)], line + 1, 1));

    /// <summary>A diagnostic in one line, with the line of the cell.</summary>
    public static string Line(Diagnostic diagnostic, CellSource source, SyntaxTree tree)
    {
        var severity = diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "warning";
        var text = $"{severity} {diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";
        if (!diagnostic.Location.IsInSource)
            return text;
        var start = diagnostic.Location.GetLineSpan().StartLinePosition;
        var isOfCell = diagnostic.Location.SourceTree == tree;
        var line = start.Line + 1 + (isOfCell ? source.LinesBefore : 0);
        return $"{(isOfCell ? "" : diagnostic.Location.SourceTree!.FilePath)}({line},{start.Character + 1}): {text}";
    }

    // Scripts know no `using` declarations, and the compiler's own words for it help nobody.
    private static string WayOut(Diagnostic error)
    {
        if (error.Location.SourceTree is not { } tree)
            return "";
        var line = tree.GetText().Lines.GetLineFromPosition(error.Location.SourceSpan.Start).ToString();
        return UsingDeclaration().IsMatch(line) ? " (a cell's variables live on after it: leave out `using`, and call Dispose() when you are done)" : "";
    }

    [GeneratedRegex(@"^\s*(await\s+)?using\s+[\w.<>\[\],]+\s+\w+\s*=")]
    private static partial Regex UsingDeclaration();

    private static IEnumerable<string> Marked(Diagnostic error, CellSource source, SyntaxTree tree)
    {
        yield return Line(error, source, tree);
        if (!error.Location.IsInSource)
            yield break;
        var text = error.Location.SourceTree!.GetText();
        var span = error.Location.SourceSpan;
        var line = text.Lines.GetLineFromPosition(span.Start);
        var shown = line.ToString();
        var column = span.Start - line.Start;
        var width = Math.Clamp(Math.Min(span.End, line.End) - span.Start, 1, Math.Max(1, shown.Length - column));
        yield return "    " + shown;
        yield return "    " + new string([.. shown.Take(column).Select(letter => letter == '\t' ? '\t' : ' ')]) + new string('^', width);
    }
}
