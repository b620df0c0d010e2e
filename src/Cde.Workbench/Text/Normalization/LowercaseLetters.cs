using System.Text;

namespace Cde.Workbench.Text.Normalization;

/// <summary>Lower case, one code point at a time: a final sigma becomes the plain one, as in the tokenizers that models were trained with.</summary>
internal sealed class LowercaseLetters : ITextNormalizer
{
    /// <inheritdoc/>
    public string Apply(string text)
    {
        if (Ascii.IsValid(text))
            return text.ToLowerInvariant();
        var lower = new StringBuilder(text.Length + 8);
        Span<char> units = stackalloc char[2];
        foreach (var rune in text.EnumerateRunes())
        {
            // The one code point whose full lower-case form has two.
            if (rune.Value == 0x130)
                lower.Append("i\u0307");
            else
                lower.Append(units[..Rune.ToLowerInvariant(rune).EncodeToUtf16(units)]);
        }

        return lower.ToString();
    }
}
