namespace Cde.Workbench.Text.Splitting;

/// <summary>
/// GPT-2's splitting before byte-level pieces. The bytes themselves are made where a piece is spelled (<see cref="Subwords.ByteLevelSpeller"/>),
/// so that words that come again are found by their text.
/// </summary>
/// <param name="addsPrefixSpace">Whether a piece that does not start with a space gets one.</param>
/// <param name="usesPattern">Whether GPT-2's expression splits.</param>
internal sealed class ByteLevelSplit(bool addsPrefixSpace, bool usesPattern) : IPreTokenizer
{
    private static readonly PatternSplit Words = new(TextPattern.OfRegex(KnownPatterns.Gpt2Source), SplitBehavior.Isolated);

    /// <summary>The same with another rule for the space in front.</summary>
    internal ByteLevelSplit WithPrefixSpace(bool adds) => new(adds, usesPattern);

    /// <inheritdoc/>
    public void Split(TextPiece piece, List<TextPiece> output)
    {
        if (addsPrefixSpace && piece.Length > 0 && piece.Span[0] != ' ')
            piece = piece.With(string.Concat(" ", piece.Span));
        if (usesPattern)
            Words.Split(piece, output);
        else if (piece.Length > 0)
            output.Add(piece);
    }
}
