using System.Net;
using System.Text;
using System.Text.RegularExpressions;

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
                parts.Add(Colour(string.Join('\n', lines), CodeSyntax.Of(language)));
            lines.Clear();
        }
    }

    private static string Colour(string code, Regex? syntax)
    {
        var html = new StringBuilder();
        var at = 0;
        foreach (Match token in syntax?.Matches(code) ?? Enumerable.Empty<Match>())
        {
            var kind = token.Groups.Values.Skip(1).First(group => group.Success).Name;
            html.Append(WebUtility.HtmlEncode(code[at..token.Index])).Append("<span class=\"").Append(kind).Append("\">")
                .Append(WebUtility.HtmlEncode(token.Value)).Append("</span>");
            at = token.Index + token.Length;
        }

        return html.Append(WebUtility.HtmlEncode(code[at..])).ToString();
    }
}
