using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Cde.Kernels.Notebooks;

/// <summary>
/// A notebook as one HTML page that needs nothing beside itself: texts, code in colours, outputs. What outputs hold is put in as it is,
/// scripts included.
/// </summary>
public static class NotebookPage
{
    /// <summary>The page.</summary>
    /// <param name="notebook">The notebook, with its outputs.</param>
    /// <param name="name">The file's name: the page's title where the notebook has no heading.</param>
    /// <param name="folder">Where pictures that texts name by a relative path are looked for; none are put in where null.</param>
    public static string Write(NotebookDocument notebook, string name, string? folder = null)
    {
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<title>").Append(WebUtility.HtmlEncode(Title(notebook) ?? name)).Append("</title>\n")
            .Append("<style>\n").Append(PageStyle.Css).Append("\n</style>\n</head>\n<body>\n<main>\n");
        AppendFailure(page, notebook);
        for (var place = 0; place < notebook.Cells.Count; place++)
            Append(page, notebook, notebook.Cells[place], place + 1, folder);
        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Append(StringBuilder page, NotebookDocument notebook, NotebookCell cell, int number, string? folder)
    {
        page.Append(CultureInfo.InvariantCulture, $"<section class=\"cell\" id=\"cell-{number}\">");
        switch (cell.Kind)
        {
            case CellKind.Markdown:
                page.Append("<div class=\"body text\">").Append(PageMarkdown.ToHtml(cell.Source, cell.Json["attachments"] as JsonObject, folder)).Append("</div>");
                break;
            case CellKind.Raw:
                page.Append("<div class=\"body\"><pre>").Append(WebUtility.HtmlEncode(cell.Source)).Append("</pre></div>");
                break;
            default:
                AppendCode(page, notebook, cell);
                break;
        }

        page.Append("</section>\n");
    }

    private static void AppendCode(StringBuilder page, NotebookDocument notebook, NotebookCell cell)
    {
        var language = notebook.LanguageOf(cell);
        page.Append("<div class=\"mark\">");
        if (cell.ExecutionCount is { } count)
            page.Append(CultureInfo.InvariantCulture, $"[{count}]");
        page.Append("</div><div class=\"body\">");
        if (cell.Source.Length > 0)
        {
            page.Append("<div class=\"code\">");
            if (language != notebook.DefaultLanguage)
                page.Append("<span class=\"language\">").Append(WebUtility.HtmlEncode(NotebookLanguages.DisplayName(language))).Append("</span>");
            page.Append("<pre>").Append(CodeColours.ToHtml(cell.Source, language, notebook.SelectedLanguage)).Append("</pre></div>");
        }

        foreach (var output in cell.Outputs.OfType<JsonObject>())
            PageOutputs.Append(page, output);
        page.Append("</div>");
    }

    /// <summary>A run stops at an error: the page says so where it begins, since the cells behind it look merely unfinished.</summary>
    private static void AppendFailure(StringBuilder page, NotebookDocument notebook)
    {
        for (var place = 0; place < notebook.Cells.Count; place++)
        {
            var cell = notebook.Cells[place];
            if (cell.Kind != CellKind.Code || cell.Tags.Contains("raises-exception") || cell.Outputs.FirstOrDefault(output => output.Text("output_type") == "error") is not { } error)
                continue;
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"failure\"><a href=\"#cell-{place + 1}\">{(cell.ExecutionCount is { } count ? $"Cell [{count}]" : "A cell")}</a> failed: ")
                .Append(WebUtility.HtmlEncode($"{error.Text("ename")}: {error.Text("evalue")}")).Append("</p>\n");
            return;
        }
    }

    private static string? Title(NotebookDocument notebook) => notebook.Cells.Where(cell => cell.Kind == CellKind.Markdown)
        .SelectMany(cell => cell.Source.Split('\n'))
        .FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim();
}
