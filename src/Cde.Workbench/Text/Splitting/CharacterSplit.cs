using System.Text;

namespace Cde.Workbench.Text.Splitting;

/// <summary>Splits at code points of a kind.</summary>
/// <param name="isMatch">Which ones.</param>
/// <param name="behavior">What becomes of them; each is a match of its own.</param>
internal sealed class CharacterSplit(Func<Rune, bool> isMatch, SplitBehavior behavior) : IPreTokenizer
{
    /// <inheritdoc/>
    public void Split(TextPiece piece, List<TextPiece> output)
    {
        var parts = new SplitParts(piece, behavior, output);
        var text = piece.Span;
        var (start, index) = (0, 0);
        while (index < text.Length)
        {
            Rune.DecodeFromUtf16(text[index..], out var rune, out var consumed);
            if (isMatch(rune))
            {
                parts.Add(start, index, isMatch: false);
                parts.Add(index, index + consumed, isMatch: true);
                start = index + consumed;
            }

            index += consumed;
        }

        parts.Add(start, text.Length, isMatch: false);
        parts.Finish();
    }
}
