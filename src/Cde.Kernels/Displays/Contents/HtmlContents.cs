using System.Reflection;
using System.Text.Encodings.Web;

namespace Cde.Kernels.Displays;

/// <summary>Values that bring their own markup: ours, and any type with an interface named <c>IHtmlContent</c>, as ASP.NET's.</summary>
internal static class HtmlContents
{
    /// <summary>The content; null for anything else.</summary>
    public static Node? Describe(object value, Description at) => value switch
    {
        Html html => new Ready(html.Markup, HtmlText.Of(html.Markup)),
        Svg svg => new Ready(svg.Markup, HtmlText.Of(svg.Markup) is { Length: > 0 } words ? words : "drawing"),
        MarkdownText markdown => new Ready(markdown.ToHtml(), markdown.Source),
        Image image => new Ready(image.ToHtml(), image.ToString()),
        _ => WriteTo(value) is { } markup ? new Ready(markup, HtmlText.Of(markup)) : null,
    };

    private static string? WriteTo(object value)
    {
        if (value.GetType().GetInterface("IHtmlContent") is not { } face)
            return null;
        if (face.GetMethod("WriteTo", [typeof(TextWriter), typeof(HtmlEncoder)]) is not { } write)
            return null;
        using var text = new StringWriter { NewLine = "\n" };
        write.Invoke(value, BindingFlags.DoNotWrapExceptions, null, [text, HtmlEncoder.Default], null);
        return text.ToString();
    }
}
