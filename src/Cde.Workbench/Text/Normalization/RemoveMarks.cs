using System.Globalization;
using System.Text;

namespace Cde.Workbench.Text.Normalization;

/// <summary>Removes code points that stand on others: what is left of accents after a decomposition.</summary>
/// <param name="isMark">Which ones.</param>
internal sealed class RemoveMarks(Func<int, bool> isMark) : ITextNormalizer
{
    /// <summary>A mark without a width of its own: category Mn.</summary>
    internal static bool IsNonSpacing(int codePoint) => CharUnicodeInfo.GetUnicodeCategory(codePoint) == UnicodeCategory.NonSpacingMark;

    /// <summary>Any mark: Mn, Mc and Me.</summary>
    internal static bool IsMark(int codePoint) =>
        CharUnicodeInfo.GetUnicodeCategory(codePoint) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    /// <summary>Those with a canonical combining class, as Python's <c>unicodedata.combining</c>.</summary>
    internal static bool IsCombining(int codePoint) => CanonicalData.Instance.CombiningClass(codePoint) != 0;

    /// <inheritdoc/>
    public string Apply(string text)
    {
        if (Ascii.IsValid(text))
            return text;
        var kept = new StringBuilder(text.Length);
        Span<char> units = stackalloc char[2];
        foreach (var rune in text.EnumerateRunes())
        {
            if (!isMark(rune.Value))
                kept.Append(units[..rune.EncodeToUtf16(units)]);
        }

        return kept.ToString();
    }
}
