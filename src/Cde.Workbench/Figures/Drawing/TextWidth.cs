using System.Text;

namespace Cde.Workbench.Figures;

/// <summary>How wide a text is drawn, estimated without a font: a little more than common sans-serif fonts take.</summary>
internal static class TextWidth
{
    /// <summary>The width in pixels.</summary>
    /// <param name="text">The text, on one line.</param>
    /// <param name="size">The font's size in pixels.</param>
    public static double Of(string text, double size) => text.EnumerateRunes().Sum(Share) * size;

    /// <summary>The text, cut with an ellipsis where it is wider than <paramref name="width"/> pixels.</summary>
    public static string Cut(string text, double size, double width)
    {
        if (Of(text, size) <= width)
            return text;
        var room = (width / size) - Share(new Rune('…'));
        var kept = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            room -= Share(rune);
            if (room < 0)
                break;
            kept.Append(rune);
        }

        return kept.ToString().TrimEnd() + "…";
    }

    // In shares of the font's size; from DejaVu Sans and Liberation Sans, the wider of the two.
    private static double Share(Rune rune) => rune.Value switch
    {
        'i' or 'j' or 'l' or '\'' or '|' => 0.29,
        'f' or 't' or 'r' or '.' or ',' or ':' or ';' or '!' or '(' or ')' or '[' or ']' or '/' or '\\' or ' ' or '-' => 0.42,
        'm' or 'w' or 'M' or 'W' or '@' or '%' or '…' => 1.0,
        >= 'A' and <= 'Z' => 0.78,
        < 0x300 => 0.65,
        >= 0x300 and < 0x370 => 0, // marks that combine with the letter before them
        >= 0x1100 => 1.05,
        _ => 0.75,
    };
}
