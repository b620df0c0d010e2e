namespace Cde.Kernels.Directives;

/// <summary>
/// Splits a directive's line into words. It never fails: what is wrong is told by the word's <see cref="DirectiveWord.Problem"/>, so that
/// unfinished lines can be completed.
/// </summary>
internal static class DirectiveLexer
{
    /// <summary>The words of a line, the name first.</summary>
    /// <param name="cell">The cell's text.</param>
    /// <param name="start">Where the line begins; <c>#!</c> stands there.</param>
    /// <param name="end">Where it ends, without its line break.</param>
    public static IReadOnlyList<DirectiveWord> Read(string cell, int start, int end)
    {
        var at = BlankOrEnd(cell, start, end);
        var words = new List<DirectiveWord> { new(DirectiveWordKind.Name, start, at, cell[start..at]) };
        var takesOptions = true;
        while (SkipBlanks(cell, ref at, end))
        {
            if (takesOptions && IsOption(cell, at, end))
            {
                var option = ReadOption(cell, at, end);
                words.Add(option);
                takesOptions = option.Kind != DirectiveWordKind.EndOfOptions;
                at = option.End;
                if (at < end && cell[at] == '=')
                {
                    var value = ReadValue(cell, at + 1, end) with { IsAttached = true };
                    words.Add(value);
                    at = value.End;
                }
            }
            else
            {
                var value = ReadValue(cell, at, end);
                words.Add(value);
                at = value.End;
            }
        }

        return words;
    }

    /// <summary>The value at a position; an empty text where a blank or the end of the line stands there.</summary>
    public static DirectiveWord ReadValue(string cell, int start, int end)
    {
        if (start >= end)
            return new DirectiveWord(DirectiveWordKind.Text, start, start, "");
        switch (cell[start])
        {
            case '"':
                return QuotedText.Read(cell, start, end) is var (text, close)
                    ? Closed(new DirectiveWord(DirectiveWordKind.Quoted, start, close, text), cell, end)
                    : Open(DirectiveWordKind.Quoted, cell, start, end, "no quote closes this text in its line");
            case '{' or '[':
                const string rule = "no bracket closes this JSON in its line; put a text that begins with a bracket in quotes";
                if (JsonText.FindEnd(cell, start, end) is not { } stop)
                    return Open(DirectiveWordKind.Json, cell, start, end, rule);
                var json = cell[start..stop];
                return Closed(new DirectiveWord(DirectiveWordKind.Json, start, stop, json) { Problem = JsonText.Check(json, start) }, cell, end);
            case '@':
                return ReferenceText.Read(cell, start, end);
            default:
                var blank = BlankOrEnd(cell, start, end);
                return new DirectiveWord(DirectiveWordKind.Text, start, blank, cell[start..blank]);
        }
    }

    private static bool IsOption(string cell, int at, int end) =>
        cell[at] == '-' && at + 1 < end && (cell[at + 1] == '-' || char.IsLetter(cell[at + 1]));

    private static DirectiveWord ReadOption(string cell, int start, int end)
    {
        var at = start;
        while (at < end && !char.IsWhiteSpace(cell[at]) && cell[at] != '=')
            at++;
        var name = cell[start..at];
        return new DirectiveWord(name == "--" && (at == end || cell[at] != '=') ? DirectiveWordKind.EndOfOptions : DirectiveWordKind.Option, start, at, name);
    }

    /// <summary>A word whose end is marked must be followed by a blank.</summary>
    private static DirectiveWord Closed(DirectiveWord word, string cell, int end)
    {
        var blank = BlankOrEnd(cell, word.End, end);
        return blank == word.End || word.Problem is not null
            ? word
            : word with { End = blank, Problem = new DirectiveProblem(word.End, blank, "a blank must stand before this") };
    }

    private static DirectiveWord Open(DirectiveWordKind kind, string cell, int start, int end, string rule) =>
        new(kind, start, end, cell[(start + (kind == DirectiveWordKind.Quoted ? 1 : 0))..end]) { Problem = new DirectiveProblem(start, end, rule) };

    private static bool SkipBlanks(string cell, ref int at, int end)
    {
        while (at < end && char.IsWhiteSpace(cell[at]))
            at++;
        return at < end;
    }

    private static int BlankOrEnd(string cell, int at, int end)
    {
        while (at < end && !char.IsWhiteSpace(cell[at]))
            at++;
        return at;
    }
}
