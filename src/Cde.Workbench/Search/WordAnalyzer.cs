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

    /// <summary>Gives each word of a text in order.</summary>
    internal void ForEachWord(string text, WordAction action)
    {
        var length = 0;
        foreach (var rune in (splitIdentifiers ? IdentifierSplitter.Split(text) : text).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                if (length + 2 > _word.Length)
                    Array.Resize(ref _word, 2 * _word.Length);
                length += Rune.ToLowerInvariant(rune).EncodeToUtf16(_word.AsSpan(length));
            }
            else if (length > 0)
            {
                action(_word.AsSpan(0, length));
                length = 0;
            }
        }

        if (length > 0)
            action(_word.AsSpan(0, length));
    }
}
