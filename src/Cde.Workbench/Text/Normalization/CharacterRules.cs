using System.Globalization;
using System.Text;

namespace Cde.Workbench.Text.Normalization;

/// <summary>
/// The character rules of BERT's basic tokenizer: clean, lower-case, strip accents, isolate punctuation and ideographs. Categories and
/// case mappings are .NET's own (<see cref="CharUnicodeInfo"/>), one code point at a time, so a final sigma becomes the plain one.
/// </summary>
/// <param name="Lowercase">Whether letters become lower-case.</param>
/// <param name="StripAccents">Whether text is decomposed (NFD) and loses its combining marks (category Mn).</param>
/// <param name="SplitChinese">Whether ideographs are words of their own.</param>
internal readonly record struct CharacterRules(bool Lowercase, bool StripAccents, bool SplitChinese)
{
    /// <summary>The most UTF-16 units one code point becomes.</summary>
    internal const int MaxUnits = 16;

    /// <summary>Applies the rules to one code point.</summary>
    /// <param name="codePoint">Any Unicode scalar value.</param>
    /// <param name="units">Receives what is left of it, in UTF-16.</param>
    /// <param name="length">How many units were written.</param>
    internal CharacterKind Map(int codePoint, Span<char> units, out int length)
    {
        length = 0;
        var category = CharUnicodeInfo.GetUnicodeCategory(codePoint);
        if (IsSpace(codePoint, category))
            return CharacterKind.Space;
        if (codePoint is 0 or 0xFFFD || IsOther(category))
            return CharacterKind.Drop;

        Span<int> parts = stackalloc int[MaxUnits / 2];
        var (count, kept, isolated) = (Expand(codePoint, parts), 0, SplitChinese && IsIdeograph(codePoint));
        foreach (var part in parts[..count])
        {
            var partCategory = CharUnicodeInfo.GetUnicodeCategory(part);
            if (StripAccents && partCategory == UnicodeCategory.NonSpacingMark)
                continue;
            length += new Rune(part).EncodeToUtf16(units[length..]);
            // No code point becomes punctuation and something else.
            isolated |= IsPunctuation(part, partCategory);
            kept++;
        }

        return (kept, length, isolated) switch
        {
            (0, _, _) => CharacterKind.Drop,
            (_, 1, false) => CharacterKind.Letter,
            (_, 1, true) => CharacterKind.Isolated,
            (_, _, false) => CharacterKind.Letters,
            _ => CharacterKind.IsolatedLetters,
        };
    }

    /// <summary>Whether a code point needs the whole text normalized before these rules may be applied one by one.</summary>
    internal bool NeedsContext(int codePoint) =>
        StripAccents
            ? CanonicalData.Instance.CombiningClass(codePoint) != 0
                && CharUnicodeInfo.GetUnicodeCategory(codePoint) != UnicodeCategory.NonSpacingMark
            : CanonicalData.Instance.MayChangeUnderNfc(codePoint);

    internal static bool IsSpace(int codePoint, UnicodeCategory category) =>
        codePoint is '\t' or '\n' or '\r'
        || category is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    internal static bool IsOther(UnicodeCategory category) =>
        category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate
            or UnicodeCategory.OtherNotAssigned;

    internal static bool IsPunctuation(int codePoint, UnicodeCategory category) =>
        codePoint is (>= 33 and <= 47) or (>= 58 and <= 64) or (>= 91 and <= 96) or (>= 123 and <= 126)
        || category is UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation
            or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation
            or UnicodeCategory.OtherPunctuation;

    // The blocks that BERT's tokenizer lists as CJK.
    internal static bool IsIdeograph(int codePoint) =>
        codePoint is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F)
            or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B820 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);

    private int Expand(int codePoint, Span<int> parts)
    {
        if (Lowercase && codePoint == 0x130)
        {
            // The one code point whose full lower-case form has two.
            (parts[0], parts[1]) = ('i', 0x307);
            return 2;
        }

        var mapped = Lowercase ? Rune.ToLowerInvariant(new Rune(codePoint)).Value : codePoint;
        if (StripAccents)
            return CanonicalData.Instance.Decompose(mapped, parts);
        parts[0] = mapped;
        return 1;
    }
}
