namespace Cde.Kernels.Notebooks;

/// <summary>
/// Where an interpolated text of C# ends: <c>$"{(a ? $"b {c}" : "d")}"</c> is one text, which no regular expression can tell. Raw texts are not read here: three quotes
/// end them wherever they stand.
/// </summary>
internal static class InterpolatedText
{
    private const int Deepest = 64; // texts and holes inside each other; code that people write has two or three

    /// <summary>The end of the text, behind its last quote; that of the line or the code where it is not closed.</summary>
    /// <param name="code">The code.</param>
    /// <param name="start">Where the text begins, at its <c>$</c> or <c>@</c>.</param>
    public static int End(string code, int start)
    {
        var open = new Stack<Region>();
        var at = Begin(code, start, open);
        while (at < code.Length)
        {
            var region = open.Peek();
            var sign = code[at];
            var isTwice = at + 1 < code.Length && code[at + 1] == sign;
            if (open.Count > Deepest || (sign == '\n' && open.Any(one => one is Region.Text or Region.Plain)))
                return at;
            if (region is Region.Hole)
            {
                at = InHole(code, at, open);
                continue;
            }

            var isVerbatim = region is Region.Verbatim or Region.PlainVerbatim;
            var hasHoles = region is Region.Text or Region.Verbatim;
            if (sign == '\\' && !isVerbatim)
                at++;
            else if ((sign == '"' && isVerbatim && isTwice) || (sign == '{' && hasHoles && isTwice))
                at++;
            else if (sign == '{' && hasHoles)
                open.Push(Region.Hole);
            else if (sign == '"' && open.Pop() is var _ && open.Count == 0)
                return at + 1;
            at++;
        }

        return code.Length;
    }

    /// <summary>Goes on by one part of a hole: a text or a brace that opens, a brace that closes, a character, or any other sign.</summary>
    private static int InHole(string code, int at, Stack<Region> open)
    {
        switch (code[at])
        {
            case '{':
                open.Push(Region.Hole);
                break;
            case '}':
                open.Pop();
                break;
            case '"' or '$' or '@' when Begin(code, at, open) is > 0 and var inside:
                return inside;
            case '\'' when at + 2 < code.Length && (code[at + 1] == '\\' || code[at + 2] == '\''):
                return at + (code[at + 1] == '\\' ? 4 : 3);
        }

        return at + 1;
    }

    /// <summary>The place behind the first quote of a text that begins here; 0 where none does.</summary>
    private static int Begin(string code, int at, Stack<Region> open)
    {
        var quote = at;
        while (quote < code.Length && code[quote] is '$' or '@')
            quote++;
        if (quote >= code.Length || code[quote] != '"')
            return 0;
        var (isInterpolated, isVerbatim) = (code[at..quote].Contains('$'), code[at..quote].Contains('@'));
        open.Push(isInterpolated ? isVerbatim ? Region.Verbatim : Region.Text : isVerbatim ? Region.PlainVerbatim : Region.Plain);
        return quote + 1;
    }

    private enum Region
    {
        Text,
        Verbatim,
        Plain,
        PlainVerbatim,
        Hole,
    }
}
