using System.Globalization;
using Cde.Kernels.Cells;
using Microsoft.CodeAnalysis;

namespace Cde.Kernels.Languages.CSharp;

/// <summary>Compiler messages as a cell's error: one line a message, the cell's line under it, a caret under the place.</summary>
internal static class CompilationErrors
{
    private const int MostShown = 20;

    /// <summary>The error that the messages are.</summary>
    /// <param name="diagnostics">What the compiler said; errors count.</param>
    /// <param name="code">The cell's code, for the lines to show.</param>
    /// <param name="name">The cell's name.</param>
    public static CellFailedException Of(IEnumerable<Diagnostic> diagnostics, string code, string name)
    {
        var errors = diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).ToList();
        var lines = code.Split('\n');
        var shown = errors.Take(MostShown).SelectMany((error, i) => i == 0 ? Excerpt(error, lines, name) : Excerpt(error, lines, name).Prepend(Headline(error, name))).ToList();
        if (errors.Count > MostShown)
            shown.Add(string.Create(CultureInfo.InvariantCulture, $"... and {errors.Count - MostShown} more"));
        var place = errors[0].Location.GetLineSpan();
        var isInCell = place.Path == name;
        return new CellFailedException(new CellError(
            "CompilationError", Headline(errors[0], name), shown, isInCell ? place.StartLinePosition.Line + 1 : 0, isInCell ? place.StartLinePosition.Character + 1 : 0));
    }

    private static string Headline(Diagnostic error, string name)
    {
        var place = error.Location.GetLineSpan();
        var where = place.IsValid ? string.Create(CultureInfo.InvariantCulture, $"{(place.Path.Length > 0 ? place.Path : name)} ({place.StartLinePosition.Line + 1},{place.StartLinePosition.Character + 1}): ") : "";
        return $"{where}error {error.Id}: {error.GetMessage(CultureInfo.InvariantCulture)}";
    }

    private static IEnumerable<string> Excerpt(Diagnostic error, string[] lines, string name)
    {
        var place = error.Location.GetLineSpan();
        if (place.Path != name || place.StartLinePosition.Line >= lines.Length)
            yield break;
        var line = lines[place.StartLinePosition.Line].TrimEnd('\r');
        var start = Math.Min(place.StartLinePosition.Character, line.Length);
        var end = place.EndLinePosition.Line == place.StartLinePosition.Line ? place.EndLinePosition.Character : line.Length;
        yield return "    " + line;
        yield return "    " + new string([.. line[..start].Select(letter => letter == '\t' ? '\t' : ' ')]) + new string('^', Math.Max(1, Math.Min(end, line.Length) - start));
    }
}
