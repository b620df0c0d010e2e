using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Cde.Workbench.Text.Normalization;

namespace Cde.Workbench.Tests.Text;

/// <summary>The uncased rules written down step by step over strings, slowly: what the fast tokenizer is compared with.</summary>
internal sealed class PlainWordPiece(IReadOnlyList<string> tokens)
{
    private readonly HashSet<string> _tokens = [.. tokens];

    internal List<string> Spell(string text)
    {
        var spelled = new List<string>();
        foreach (var part in Regex.Split(text, @"(\[PAD\]|\[UNK\]|\[CLS\]|\[SEP\]|\[MASK\])"))
        {
            if (part.StartsWith('[') && _tokens.Contains(part) && part.Length > 1)
                spelled.Add(part);
            else
                spelled.AddRange(Words(part).SelectMany(Pieces));
        }

        return spelled;
    }

    private static IEnumerable<string> Words(string text)
    {
        var clean = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var category = CharUnicodeInfo.GetUnicodeCategory(rune.Value);
            if (rune.Value is '\t' or '\n' or '\r' || category.ToString().EndsWith("Separator", StringComparison.Ordinal))
                clean.Append(' ');
            else if (rune.Value is 0 or 0xFFFD || category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
                continue;
            else if (CharacterRules.IsIdeograph(rune.Value))
                clean.Append(' ').Append(rune).Append(' ');
            else if (rune.Value == 0x130)
                clean.Append("i\u0307");
            else
                clean.Append(Rune.ToLowerInvariant(rune));
        }

        var split = new StringBuilder();
        foreach (var rune in CanonicalForms.Decompose(clean.ToString()).EnumerateRunes())
        {
            var category = CharUnicodeInfo.GetUnicodeCategory(rune.Value);
            if (category == UnicodeCategory.NonSpacingMark)
                continue;
            if (category.ToString().EndsWith("Punctuation", StringComparison.Ordinal) || category.ToString().EndsWith("Quote", StringComparison.Ordinal)
                || (rune.IsAscii && rune.Value > 32 && !Rune.IsLetterOrDigit(rune)))
            {
                split.Append(' ').Append(rune).Append(' ');
            }
            else
            {
                split.Append(rune);
            }
        }

        return split.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private IEnumerable<string> Pieces(string word)
    {
        var pieces = new List<string>();
        for (var start = 0; start < word.Length;)
        {
            var prefix = start > 0 ? "##" : "";
            var length = word.Length - start;
            while (length > 0 && !_tokens.Contains(prefix + word.Substring(start, length)))
                length--;
            if (length == 0 || word.EnumerateRunes().Count() > 100)
                return ["[UNK]"];
            pieces.Add(prefix + word.Substring(start, length));
            start += length;
        }

        return pieces;
    }
}
