using System.Net;
using System.Text;

namespace Cde.Kernels.Displays;

/// <summary>Draws a view as HTML that refers to nothing outside itself.</summary>
public static class HtmlRenderer
{
    private const string Style =
        """
        .cde{font:14px/1.45 system-ui,sans-serif;color:#1b1f24;max-width:72rem}
        .cde table{border-collapse:collapse;margin:.6rem 0 1.2rem}
        .cde caption{text-align:left;font-weight:600;padding:.2rem 0}
        .cde th,.cde td{padding:.25rem .7rem .25rem 0;text-align:left;vertical-align:top;border-bottom:1px solid #d8dee4}
        .cde th{border-bottom:2px solid #57606a;white-space:nowrap}
        .cde .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        .cde svg{max-width:100%;height:auto}
        """;

    /// <summary>The view as a fragment, for a notebook's output.</summary>
    public static string Fragment(View view)
    {
        var html = new StringBuilder("<div class=\"cde\">");
        html.Append("<style>").Append(Style).Append("</style>");
        foreach (var block in view.Blocks)
            Append(html, block);
        return html.Append("</div>").ToString();
    }

    /// <summary>The view as a whole page, for a file.</summary>
    public static string Page(string title, View view) =>
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Escape(title)}</title>
        <style>body{"{"}margin:2rem auto;padding:0 1rem;max-width:72rem{"}"}</style>
        </head>
        <body>
        {Fragment(view)}
        </body>
        </html>

        """;

    private static void Append(StringBuilder html, Block block)
    {
        switch (block)
        {
            case Heading heading: html.Append("<h2>").Append(Escape(heading.Text)).Append("</h2>\n"); break;
            case Paragraph paragraph: html.Append("<p>").Append(Escape(paragraph.Text)).Append("</p>\n"); break;
            case Drawing drawing: html.Append("<figure>").Append(drawing.Svg).Append("</figure>\n"); break;
            case Table table: Append(html, table); break;
            default: throw new NotSupportedException(block.GetType().Name);
        }
    }

    private static void Append(StringBuilder html, Table table)
    {
        html.Append("<table>");
        if (table.Title.Length > 0)
            html.Append("<caption>").Append(Escape(table.Title)).Append("</caption>");
        html.Append("<thead><tr>");
        for (var column = 0; column < table.Columns.Count; column++)
            Cell(html, "th", table.IsRight(column), table.Header(column));
        html.Append("</tr></thead>\n<tbody>");
        foreach (var row in table.Rows)
        {
            html.Append("<tr>");
            for (var column = 0; column < row.Count; column++)
                Cell(html, "td", table.IsRight(column), row[column]);
            html.Append("</tr>\n");
        }

        html.Append("</tbody></table>\n");
    }

    private static void Cell(StringBuilder html, string tag, bool isRight, string text) =>
        html.Append('<').Append(tag).Append(isRight ? " class=\"n\">" : ">").Append(Escape(text)).Append("</").Append(tag).Append('>');

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
