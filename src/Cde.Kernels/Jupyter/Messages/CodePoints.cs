namespace Cde.Kernels.Jupyter;

/// <summary>
/// Positions in a text: Jupyter counts code points (protocol 5.2), .NET counts UTF-16 units. Half of a surrogate pair that stands alone
/// counts as one of either.
/// </summary>
internal static class CodePoints
{
    /// <summary>The UTF-16 position of a code point; the text's end where it has fewer.</summary>
    public static int ToUtf16(string text, int codePoints)
    {
        var position = 0;
        for (; codePoints > 0 && position < text.Length; codePoints--)
            position += IsPair(text, position) ? 2 : 1;
        return position;
    }

    /// <summary>How many code points stand before a UTF-16 position; a position inside a pair counts the pair.</summary>
    public static int FromUtf16(string text, int position)
    {
        var count = 0;
        for (var i = 0; i < position && i < text.Length; count++)
            i += IsPair(text, i) ? 2 : 1;
        return count;
    }

    private static bool IsPair(string text, int position) =>
        char.IsHighSurrogate(text[position]) && position + 1 < text.Length && char.IsLowSurrogate(text[position + 1]);
}
