using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Cde.Kernels.Displays;

/// <summary>What HTML says, for where only text can be shown: tags taken out, scripts and styles with their content.</summary>
internal static partial class HtmlText
{
    private const int MaxCharacters = 20_000;

    /// <summary>The text of a fragment, at most its first 20,000 characters; blocks on lines of their own.</summary>
    public static string Of(string html)
    {
        var source = html.Length > 10 * MaxCharacters ? html[..(10 * MaxCharacters)] : html;
        var text = new StringBuilder();
        for (var at = 0; at < source.Length && text.Length < MaxCharacters;)
        {
            if (source[at] != '<' || at + 1 == source.Length || !(char.IsAsciiLetter(source[at + 1]) || source[at + 1] is '/' or '!' or '?'))
            {
                text.Append(source[at++]);
                continue;
            }

            var name = Name().Match(source, at + 1).Value.ToLowerInvariant();
            var end = SkipTag(source, at);
            if (name is "script" or "style" or "template" && source.IndexOf("</" + name, end, StringComparison.OrdinalIgnoreCase) is var close && close >= 0)
                end = SkipTag(source, close);
            at = end;
            if (IsBlock(name.TrimStart('/')))
                text.Append('\n');
            else if (name is "td" or "th")
                text.Append(' ');
        }

        return Breaks().Replace(Blanks().Replace(WebUtility.HtmlDecode(text.ToString()), " "), "\n").Trim();
    }

    private static int SkipTag(string html, int start)
    {
        if (html.AsSpan(start).StartsWith("<!--", StringComparison.Ordinal))
            return html.IndexOf("-->", start, StringComparison.Ordinal) is var end && end >= 0 ? end + 3 : html.Length;
        var quote = '\0';
        for (var at = start; at < html.Length; at++)
        {
            if (quote == '\0' && html[at] == '>')
                return at + 1;
            if (html[at] is '"' or '\'')
                quote = quote == '\0' ? html[at] : quote == html[at] ? '\0' : quote;
        }

        return html.Length;
    }

    private static bool IsBlock(string name) => name is "p" or "br" or "div" or "tr" or "li" or "ul" or "ol" or "table" or "pre" or "h1" or "h2" or "h3"
        or "h4" or "h5" or "h6" or "summary" or "details" or "caption" or "figure" or "section" or "hr" or "blockquote" or "title";

    [GeneratedRegex(@"\G/?[A-Za-z][A-Za-z0-9]*")]
    private static partial Regex Name();

    [GeneratedRegex(@"[ \t\r\f]+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@" ?\n[ \n]*")]
    private static partial Regex Breaks();
}
