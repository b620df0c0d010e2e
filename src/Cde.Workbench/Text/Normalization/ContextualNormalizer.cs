using System.Text;

namespace Cde.Workbench.Text.Normalization;

/// <summary>
/// The part of the BERT rules that looks at more than one character: composition (NFC) between cleaning and splitting. Few texts need it,
/// and <see cref="IsNeeded"/> finds them at the speed of a search.
/// </summary>
internal static class ContextualNormalizer
{
    // Below U+0300 nothing combines or is reordered.
    private const char FirstCombining = '\u0300';

    /// <summary>Whether a text holds a character that cannot be treated on its own.</summary>
    internal static bool IsNeeded(ReadOnlySpan<char> text, CharacterRules rules)
    {
        var index = text.IndexOfAnyExceptInRange('\0', (char)(FirstCombining - 1));
        while (index >= 0 && index < text.Length)
        {
            Rune.DecodeFromUtf16(text[index..], out var rune, out var consumed);
            if (rune.Value >= FirstCombining && rules.NeedsContext(rune.Value))
                return true;
            index += consumed;
        }

        return false;
    }

    /// <summary>Drops controls, lower-cases, puts blanks around ideographs and composes (NFC); the rules applied to the result change no more of that.</summary>
    internal static string Apply(ReadOnlySpan<char> text, CharacterRules rules)
    {
        var cleaning = rules with { StripAccents = false };
        var cleaned = new StringBuilder(text.Length + 16);
        Span<char> units = stackalloc char[CharacterRules.MaxUnits];
        foreach (var rune in text.EnumerateRunes())
        {
            var kind = cleaning.Map(rune.Value, units, out var length);
            if (kind == CharacterKind.Drop)
                continue;
            if (kind == CharacterKind.Space)
                cleaned.Append(' ');
            else if (kind is CharacterKind.Isolated or CharacterKind.IsolatedLetters && CharacterRules.IsIdeograph(rune.Value))
                cleaned.Append(' ').Append(units[..length]).Append(' ');
            else
                cleaned.Append(units[..length]);
        }

        return CanonicalForms.Compose(cleaned.ToString());
    }
}
