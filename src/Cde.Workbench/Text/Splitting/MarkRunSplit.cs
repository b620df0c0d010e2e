namespace Cde.Workbench.Text.Splitting;

/// <summary>
/// Cuts in front of each run of a mark. Where no token holds a mark behind another character, no merge crosses such a place: the pieces
/// spell to the same tokens as the whole, and words that come again need not be merged again.
/// </summary>
/// <param name="mark">The mark: U+2581.</param>
internal sealed class MarkRunSplit(char mark) : IPreTokenizer
{
    /// <summary>Whether the cut changes nothing for these tokens.</summary>
    internal static bool IsExact(IEnumerable<string> tokens, char mark) => tokens.All(token =>
    {
        var start = token.AsSpan().IndexOfAnyExcept(mark);
        return start < 0 || token.IndexOf(mark, start) < 0;
    });

    /// <inheritdoc/>
    public void Split(TextPiece piece, List<TextPiece> output)
    {
        var text = piece.Span;
        var start = 0;
        for (var index = 1; index < text.Length; index++)
        {
            if (text[index] != mark || text[index - 1] == mark)
                continue;
            output.Add(piece.Slice(start, index - start));
            start = index;
        }

        if (text.Length > start)
            output.Add(piece.Slice(start, text.Length - start));
    }
}
