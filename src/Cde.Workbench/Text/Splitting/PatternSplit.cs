namespace Cde.Workbench.Text.Splitting;

/// <summary>Splits at the matches of a pattern.</summary>
/// <param name="pattern">What is looked for.</param>
/// <param name="behavior">What becomes of the matches.</param>
/// <param name="inverted">Whether what lies between the matches counts as matched, and the matches as the rest.</param>
internal sealed class PatternSplit(TextPattern pattern, SplitBehavior behavior, bool inverted = false) : IPreTokenizer
{
    /// <inheritdoc/>
    public void Split(TextPiece piece, List<TextPiece> output)
    {
        var matches = new List<Range>();
        pattern.Find(piece.Span, matches);
        var parts = new SplitParts(piece, behavior, output);
        var end = 0;
        foreach (var match in matches)
        {
            parts.Add(end, match.Start.Value, isMatch: inverted);
            parts.Add(match.Start.Value, match.End.Value, isMatch: !inverted);
            end = match.End.Value;
        }

        parts.Add(end, piece.Length, isMatch: inverted);
        parts.Finish();
    }
}
