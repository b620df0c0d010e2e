using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Cde.Kernels.Notebooks;

/// <summary>A cell's outputs as HTML: of each bundle the richest form that a page without outside help can show.</summary>
internal static class PageOutputs
{
    private static readonly string[] Preferred =
        ["text/html", "image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp", "text/markdown", "application/javascript", "application/json", "text/latex", "text/plain"];

    /// <summary>Adds one output, as nbformat has it. Kinds that are not known show nothing.</summary>
    public static void Append(StringBuilder page, JsonObject output)
    {
        switch (output.Text("output_type"))
        {
            case "stream":
                Text(page, output.Text("name") == "stderr" ? "out stderr" : "out", MultilineText.Join(output["text"]));
                break;
            case "error":
                Text(page, "out error", string.Join('\n', (output["traceback"] as JsonArray ?? []).Select(line => line.Text())) is { Length: > 0 } traceback
                    ? traceback : $"{output.Text("ename")}: {output.Text("evalue")}");
                break;
            case "display_data" or "execute_result" when output["data"] is JsonObject data:
                if (Preferred.FirstOrDefault(data.ContainsKey) is { } type)
                    Form(page, type, data[type], (output["metadata"] as JsonObject)?[type]);
                break;
        }
    }

    private static void Form(StringBuilder page, string type, JsonNode? content, JsonNode? metadata)
    {
        switch (type)
        {
            case "text/html":
                Html(page, MultilineText.Join(content), (metadata as JsonObject)?["isolated"]?.ToJsonString() == "true");
                break;
            case "image/svg+xml":
                page.Append("<div class=\"out\">").Append(WithoutProlog(MultilineText.Join(content))).Append("</div>");
                break;
            case "text/markdown":
                page.Append("<div class=\"out text\">").Append(PageMarkdown.ToHtml(MultilineText.Join(content))).Append("</div>");
                break;
            case "application/javascript":
                page.Append("<div class=\"out\"><script>(function(element){\n").Append(MultilineText.Join(content).Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase))
                    .Append("\n})(document.currentScript.parentElement)</script></div>");
                break;
            case "application/json":
                Text(page, "out", Encoding.UTF8.GetString(JsonText.Write(content, JsonLayout.Jupyter with { Indent = "  " })));
                break;
            case "text/plain" or "text/latex":
                Text(page, "out", MultilineText.Join(content));
                break;
            default:
                var bytes = MultilineText.Join(content).Replace("\n", "", StringComparison.Ordinal);
                page.Append("<div class=\"out\"><img alt=\"\" src=\"data:").Append(type).Append(";base64,").Append(WebUtility.HtmlEncode(bytes)).Append("\"></div>");
                break;
        }
    }

    private static void Html(StringBuilder page, string html, bool isIsolated)
    {
        // A whole document inside the page would end the page's own.
        if (isIsolated || html.Contains("<html", StringComparison.OrdinalIgnoreCase) || html.Contains("<body", StringComparison.OrdinalIgnoreCase))
            page.Append("<div class=\"out\"><iframe srcdoc=\"").Append(WebUtility.HtmlEncode(html)).Append("\"></iframe></div>");
        else
            page.Append("<div class=\"out\">").Append(html).Append("</div>");
    }

    private static void Text(StringBuilder page, string classes, string text) =>
        page.Append("<div class=\"").Append(classes).Append("\"><pre>").Append(AnsiHtml.ToHtml(text.TrimEnd('\n'))).Append("</pre></div>");

    private static string WithoutProlog(string svg)
    {
        var start = svg.IndexOf("<svg", StringComparison.Ordinal);
        return start > 0 ? svg[start..] : svg;
    }
}
