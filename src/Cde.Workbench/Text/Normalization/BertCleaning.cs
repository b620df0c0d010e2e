using System.Text;

namespace Cde.Workbench.Text.Normalization;

/// <summary>
/// The text form of BERT's normalization, for tokenizers whose model is not BERT's own: controls dropped and blanks made spaces, ideographs
/// set apart, marks stripped, letters lower-cased.
/// </summary>
/// <param name="cleans">Whether controls are dropped and blanks become spaces.</param>
/// <param name="splitsChinese">Whether ideographs get blanks around them.</param>
/// <param name="stripsAccents">Whether text is decomposed and loses its marks (Mn).</param>
/// <param name="lowercases">Whether letters become lower-case.</param>
internal sealed class BertCleaning(bool cleans, bool splitsChinese, bool stripsAccents, bool lowercases) : ITextNormalizer
{
    private static readonly LowercaseLetters Lowercase = new();
    private static readonly RemoveMarks Unmark = new(RemoveMarks.IsNonSpacing);

    /// <inheritdoc/>
    public string Apply(string text)
    {
        if (cleans || splitsChinese)
            text = Clean(text);
        if (stripsAccents && !Ascii.IsValid(text))
            text = Unmark.Apply(CanonicalForms.Decompose(text));
        return lowercases ? Lowercase.Apply(text) : text;
    }

    private string Clean(string text)
    {
        var cleaned = new StringBuilder(text.Length + 16);
        Span<char> units = stackalloc char[2];
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (cleans && CharacterRules.IsSpace(rune.Value, category))
                cleaned.Append(' ');
            else if (cleans && (rune.Value is 0 or 0xFFFD || CharacterRules.IsOther(category)))
                continue;
            else if (splitsChinese && CharacterRules.IsIdeograph(rune.Value))
                cleaned.Append(' ').Append(units[..rune.EncodeToUtf16(units)]).Append(' ');
            else
                cleaned.Append(units[..rune.EncodeToUtf16(units)]);
        }

        return cleaned.ToString();
    }
}
