using System.Net;
using System.Text;

namespace Cde.Kernels.Notebooks;

/// <summary>Code as HTML with spans of the classes k (keyword), s (text), c (comment), n (number) and m (magic).</summary>
internal static class CodeColours
{
    /// <summary>The code as HTML for a <c>pre</c> element.</summary>
    /// <param name="code">The code; lines that begin with <c>#!</c> are magics, and selectors change the language.</param>
    /// <param name="language">The language of its first line.</param>
    /// <param name="selected">The language that a line selects; null where it selects none.</param>
    public static string ToHtml(string code, string language, Func<string, string?> selected)
    {
        var parts = new List<string>();
        var lines = new List<string>();
        foreach (var line in code.Split('\n'))
        {
            if (line.StartsWith("#!", StringComparison.Ordinal) || line.StartsWith("#r ", StringComparison.Ordinal) || line.StartsWith("#i ", StringComparison.Ordinal))
            {
                End();
                parts.Add($"<span class=\"m\">{WebUtility.HtmlEncode(line)}</span>");
                language = selected(line) ?? language;
            }
            else
            {
                lines.Add(line);
            }
        }

        End();
        return string.Join('\n', parts);

        void End()
        {
            if (lines.Count > 0)
                parts.Add(Colour(string.Join('\n', lines), language));
            lines.Clear();
        }
    }

    private static bool IsInterpolated(string text) => text[0] is '$' or '@' && text.Contains('$') && !text.TrimStart('$').StartsWith("\"\"\"", StringComparison.Ordinal);

    private static string Colour(string code, string language)
    {
        var html = new StringBuilder();
        var at = 0;
        var syntax = CodeSyntax.Of(language);
        for (var token = syntax?.Match(code); token is { Success: true }; token = syntax!.Match(code, at))
        {
            var kind = token.Groups.Values.Skip(1).First(group => group.Success).Name;
            var end = token.Index + token.Length;
            if (kind == "s" && language == "csharp" && IsInterpolated(token.Value))
                end = Math.Max(end, InterpolatedText.End(code, token.Index));
            html.Append(WebUtility.HtmlEncode(code[at..token.Index])).Append("<span class=\"").Append(kind).Append("\">")
                .Append(WebUtility.HtmlEncode(code[token.Index..end])).Append("</span>");
            at = end;
        }

        return html.Append(WebUtility.HtmlEncode(code[at..])).ToString();
    }
}
