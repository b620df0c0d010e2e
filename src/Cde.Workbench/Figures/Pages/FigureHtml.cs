namespace Cde.Workbench.Figures;

/// <summary>A figure as a part of a page: the drawing, its style, its data where the drawing lacks some, and a script that makes it answer.</summary>
internal static class FigureHtml
{
    /// <summary>The fragment. It refers to nothing outside itself, has no ids, and shows the drawing where scripts do not run.</summary>
    /// <param name="svg">The drawing.</param>
    /// <param name="parts">The scripts that it needs beside the common ones.</param>
    /// <param name="data">Attributes with the data that the drawing lacks; may be empty.</param>
    public static string Of(string svg, IReadOnlyList<string> parts, string data = "") =>
        $"<div class=\"cde-fig\">\n<style>\n{FigureScript.Style}</style>\n<div class=\"cde-body\">\n{svg}\n</div>\n"
        + (data.Length > 0 ? $"<div class=\"cde-data\" hidden {data}></div>\n" : "")
        + $"<script>\n{FigureScript.Of(parts)}\n</script>\n</div>";
}
