using System.Globalization;
using System.Text;

namespace Cde.Workbench.Text.Normalization;

/// <summary>What ALBERT's tokenizer does before SentencePiece: blanks collapsed, quotation marks made plain, accents dropped (NFKD), letters lower-cased.</summary>
/// <param name="collapses">Whether blanks are collapsed.</param>
/// <param name="keepsAccents">Whether accents stay.</param>
/// <param name="lowercases">Whether letters become lower-case.</param>
internal sealed class AlbertForm(bool collapses, bool keepsAccents, bool lowercases) : ITextNormalizer
{
    private static readonly RemoveMarks Unmark = new(RemoveMarks.IsCombining);

    /// <inheritdoc/>
    public string Apply(string text)
    {
        if (collapses)
            text = string.Join(' ', text.Split([.. text.Where(PrefixSpace.IsPythonBlank).Distinct()], StringSplitOptions.RemoveEmptyEntries));
        text = text.Replace("``", "\"", StringComparison.Ordinal).Replace("''", "\"", StringComparison.Ordinal);
        if (!keepsAccents)
            text = Unmark.Apply(CompatibilityForms.Decompose(text));
        return lowercases ? Lower(text) : text;
    }

    // Python's str.lower knows the sigma at the end of a word.
    private static string Lower(string text)
    {
        var lower = new StringBuilder(new LowercaseLetters().Apply(text));
        for (var index = text.IndexOf('\u03A3', StringComparison.Ordinal); index >= 0; index = text.IndexOf('\u03A3', index + 1))
        {
            if (lower.Length == text.Length && IsCased(text, index, -1) && !IsCased(text, index, 1))
                lower[index] = '\u03C2';
        }

        return lower.ToString();
    }

    // Whether the nearest character on a side that case rules do not ignore is a letter with case.
    private static bool IsCased(string text, int index, int step)
    {
        for (index += step; index >= 0 && index < text.Length; index += step)
        {
            var category = CharUnicodeInfo.GetUnicodeCategory(text[index]);
            var ignored = text[index] is '\'' or '.' or ':' or '^' or '`' or '\u00A8' or '\u00AD' or '\u00B7' or '\u2019'
                || category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.ModifierLetter;
            if (!ignored)
                return category is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter;
        }

        return false;
    }
}
