using System.Text;
using Cde.Workbench.Text;

namespace Cde.Workbench.Search;

/// <summary>The words of a text for lexical search: runs of letters and digits, lower-cased; no stemming, no stop words.</summary>
/// <param name="splitIdentifiers">Whether <see cref="IdentifierSplitter"/> goes over the text first.</param>
internal sealed class WordAnalyzer(bool splitIdentifiers)
{
    private char[] _word = new char[64];

    /// <summary>What a word is given to.</summary>
    internal delegate void WordAction(ReadOnlySpan<char> word);

    /// <summary>What a word is given to, with the place that it has in the text.</summary>
    internal delegate void PlacedWordAction(ReadOnlySpan<char> word, TextSpan place);

    /// <summary>Gives each word of a text in order.</summary>
    internal void ForEachWord(string text, WordAction action) => Walk(Split(text), (word, _) => action(word));

    /// <summary>Gives each word of a text in order, with its place in the text as it was before identifiers were split.</summary>
    internal void ForEachWord(string text, PlacedWordAction action)
    {
        var split = Split(text);
        var (at, original) = (0, 0);
        Walk(split, (word, place) =>
        {
            // Splitting only puts blanks before capitals: where the two texts differ, a blank was put in.
            for (; at < place.Start; at++)
                original += split[at] == text[original] ? 1 : 0;
            action(word, place with { Start = original });
        });
    }

    private string Split(string text) => splitIdentifiers ? IdentifierSplitter.Split(text) : text;

    private void Walk(string text, PlacedWordAction action)
    {
        var (length, start, position) = (0, 0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                if (length == 0)
                    start = position;
                if (length + 2 > _word.Length)
                    Array.Resize(ref _word, 2 * _word.Length);
                length += Rune.ToLowerInvariant(rune).EncodeToUtf16(_word.AsSpan(length));
            }
            else if (length > 0)
            {
                action(_word.AsSpan(0, length), new TextSpan(start, position - start));
                length = 0;
            }

            position += rune.Utf16SequenceLength;
        }

        if (length > 0)
            action(_word.AsSpan(0, length), new TextSpan(start, position - start));
    }
}
