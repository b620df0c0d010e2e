using System.Text.Json.Nodes;
using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Cde.Kernels.Notebooks;

/// <summary>Markdown as HTML that needs nothing beside itself: pictures become part of it.</summary>
internal static class PageMarkdown
{
    /// <summary>The largest picture that is put into a page, in bytes.</summary>
    private const long MaxPictureBytes = 8 << 20;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseAdvancedExtensions().Build();

    private static readonly Dictionary<string, string> PictureTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".gif"] = "image/gif",
        [".webp"] = "image/webp",
        [".svg"] = "image/svg+xml",
    };

    /// <summary>The text as HTML.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="attachments">The pictures that a cell carries (<c>attachment:name</c>).</param>
    /// <param name="folder">Where relative paths begin; pictures by path stay links where null.</param>
    public static string ToHtml(string markdown, JsonObject? attachments = null, string? folder = null)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var picture in document.Descendants<LinkInline>().Where(link => link.IsImage).ToList())
        {
            if (Inline(picture.Url ?? "", attachments, folder) is { } data)
            {
                picture.Url = data;
                continue;
            }

            // A picture from elsewhere would make the page depend on it, and tell its owner who reads it.
            picture.IsImage = false;
            picture.GetAttributes().AddClass("picture");
            if (picture.FirstChild is null)
                picture.AppendChild(new LiteralInline(picture.Url ?? "picture"));
        }

        // Nothing here sets formulas: their source reads better without the marks that tell a script where they are.
        return document.ToHtml(Pipeline).Replace("class=\"math\">\\(", "class=\"math\">", StringComparison.Ordinal).Replace("\\)</span>", "</span>", StringComparison.Ordinal)
            .Replace("<div class=\"math\">\n\\[", "<div class=\"math\">", StringComparison.Ordinal).Replace("\\]</div>", "</div>", StringComparison.Ordinal);
    }

    private static string? Inline(string url, JsonObject? attachments, string? folder)
    {
        if (url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            return url;
        if (url.StartsWith("attachment:", StringComparison.OrdinalIgnoreCase))
            return Attached(attachments?[Uri.UnescapeDataString(url[11..])] as JsonObject);
        if (folder is null || url.Contains("://", StringComparison.Ordinal) || url.StartsWith("//", StringComparison.Ordinal)
            || Path.IsPathRooted(url)
            || !PictureTypes.TryGetValue(Path.GetExtension(url), out var type))
        {
            return null;
        }

        var file = new FileInfo(Path.Combine(folder, Uri.UnescapeDataString(url)));
        return file.Exists && file.Length <= MaxPictureBytes ? $"data:{type};base64,{Convert.ToBase64String(File.ReadAllBytes(file.FullName))}" : null;
    }

    private static string? Attached(JsonObject? forms)
    {
        foreach (var (type, content) in forms ?? [])
        {
            if (type.StartsWith("image/", StringComparison.Ordinal))
                return $"data:{type};base64,{MultilineText.Join(content).Replace("\n", "", StringComparison.Ordinal)}";
        }

        return null;
    }
}
