using System.Text.RegularExpressions;

namespace Cde.Kernels.Notebooks;

/// <summary>
/// What is left of a shown text when everything is masked that differs between two runs of the same program: times, rates, dates, absolute paths, the machine's
/// name, content hashes (they depend on the last bit of vectors), whether vectors came from the cache, and the blanks, rules and bars whose length follows from those.
/// </summary>
public static partial class ComparableText
{
    /// <summary>The lines of a text, masked; lines that hold nothing are left out.</summary>
    public static IReadOnlyList<string> Lines(string text) => [.. TimedColumns.Mask(text.Split('\n')).Select(Mask).Where(line => line.Length > 0)];

    /// <summary>The lines of markup, masked, and its numbers too: what they say stands in the text form, which is compared by value.</summary>
    public static IReadOnlyList<string> MarkupLines(string markup) => [.. Lines(markup).Select(line => NumberTolerance.WithoutNumbers(line))];

    /// <summary>One line, masked.</summary>
    public static string Mask(string line)
    {
        line = Ansi().Replace(line, "");
        line = Made().Replace(line, "");
        line = Reuse().Replace(line, "");
        line = Dates().Replace(line, "<date>");
        line = Paths().Replace(line, "<path>");
        line = Hashes().Replace(line, "<hash>");
        line = Rates().Replace(line, "<rate>");
        line = Times().Replace(line, "<time>");
        line = line.Replace(Environment.MachineName, "<machine>", StringComparison.Ordinal);
        line = Rules().Replace(line, "─");
        line = Bars().Replace(line, "█");
        return Blanks().Replace(line, " ").Trim();
    }

    [GeneratedRegex(@"\x1b\[[0-9;]*m")]
    private static partial Regex Ansi();

    // What embedding took, or that the vectors were there already: the same cell says the one on a new machine and the other from then on.
    [GeneratedRegex(@" \((from the cache|[\d,.]+ s, [\d,.]+ tokens/s, padding [\d.]+ %)\)")]
    private static partial Regex Made();

    // How much of a context came from the cache, with the paragraph around it.
    [GeneratedRegex(@"(<p[^>]*>)?first stage: [\d,]+ of [\d,]+ vectors reused(</p>)?")]
    private static partial Regex Reuse();

    [GeneratedRegex(@"\b\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?Z?)?")]
    private static partial Regex Dates();

    // At least two names: "and/or", "</td>" and "/home" are no paths that a run chooses.
    [GeneratedRegex(@"(?<![\w.<>:""'/-])(?:[A-Za-z]:)?[/\\](?:[\w.+@~-]+[/\\])+[\w.+@~-]*")]
    private static partial Regex Paths();

    [GeneratedRegex(@"\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{12,64}\b")]
    private static partial Regex Hashes();

    [GeneratedRegex(@"\d[\d,.]*(\s?[kMG]i?B|\s\w+)?/s\b")]
    private static partial Regex Rates();

    [GeneratedRegex(@"(?<![\w.])\d[\d,.]*\s?(ms|µs|s|min|h|seconds?|minutes?|hours?)\b(?!\s*=)")]
    private static partial Regex Times();

    [GeneratedRegex(@"[─━═]+")]
    private static partial Regex Rules();

    [GeneratedRegex(@"[█▉▊▋▌▍▎▏]+")]
    private static partial Regex Bars();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
