using System.Text;

namespace Cde.Kernels.Displays;

/// <summary>Text as HTML content or attribute value.</summary>
internal static class HtmlEscape
{
    /// <summary>Markup escaped; what HTML cannot carry (lone surrogates, control characters) replaced by U+FFFD.</summary>
    public static string Of(string text)
    {
        var at = text.AsSpan().IndexOfAnyExcept(Plain);
        if (at < 0)
            return text;
        var escaped = new StringBuilder(text.Length + 16).Append(text, 0, at);
        foreach (var rune in text.AsSpan(at).EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                '\r' => escaped.Append("&#13;"),
                '\t' or '\n' => escaped.Append((char)rune.Value),
                < 0x20 or (>= 0x7F and < 0xA0) or 0xFFFE or 0xFFFF => escaped.Append('\uFFFD'),
                _ => escaped.Append(rune),
            };
        }

        return escaped.ToString();
    }

    // Letters, digits and the common marks need no look at each character.
    private static readonly System.Buffers.SearchValues<char> Plain = System.Buffers.SearchValues.Create(
        " !#$%()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~\n");
}
