using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench;

namespace Cde.Kernels.Tests.Displays.Contents;

public class ContentTests
{
    // One transparent pixel.
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    [Theory]
    [InlineData("<p>one</p><p>two <b>bold</b></p>", "one\ntwo bold")]
    [InlineData("a &lt;b&gt; &amp; c", "a <b> & c")]
    [InlineData("x<script>if (a < b) alert('</b>')</script>y<style>p{}</style>z", "xyz")]
    [InlineData("<a title='a > b'>link</a><!-- note -->.", "link.")]
    [InlineData("1 < 2", "1 < 2")]
    [InlineData("<table><tr><td>a<td>b</tr><tr><td>c</table>", "a b\nc")]
    [InlineData("open <b", "open")]
    public void Html_is_told_in_text(string html, string expected) => Assert.Equal(expected, HtmlText.Of(html));

    [Fact]
    public void An_image_is_shown_in_its_own_form()
    {
        var bundle = Formatter.Format(new Image(Png, "a \"dot\""));

        Assert.Equal(["image/png", "text/plain"], bundle.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Convert.ToBase64String(Png), bundle["image/png"]);
        Assert.Equal("PNG picture, 1 x 1 pixels, 70 bytes: a \"dot\"", bundle[MimeBundle.PlainText]);
        Assert.Contains("alt=\"a &quot;dot&quot;\"", new Image(Png, "a \"dot\"").ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_picture_are_refused_by_what_they_are()
    {
        var failure = Assert.Throws<CdeException>(() => new Image("<svg/>"u8.ToArray()));

        Assert.Equal("6 bytes are no picture: they begin with 3c737667, which is not PNG, JPEG, GIF or WebP", failure.Message);
    }

    [Fact]
    public void Types_with_an_interface_of_that_name_bring_their_own_markup()
    {
        var bundle = Formatter.Format(new Bold("a < b"));

        Assert.Equal("<b>a &lt; b</b>", bundle[MimeBundle.Html]);
        Assert.Equal("a < b", bundle[MimeBundle.PlainText]);
    }

    [Fact]
    public void Markdown_has_tables_and_formulas()
    {
        var html = Formatter.Format(new MarkdownText("|a|b|\n|-|-|\n|1|$x^2$|"))[MimeBundle.Html];

        Assert.Contains("<td>1</td>", html, StringComparison.Ordinal);
        Assert.Contains("\\(x^2\\)", html, StringComparison.Ordinal);
    }

    private interface IHtmlContent
    {
        void WriteTo(TextWriter writer, System.Text.Encodings.Web.HtmlEncoder encoder);
    }

    private sealed record Bold(string Text) : IHtmlContent
    {
        void IHtmlContent.WriteTo(TextWriter writer, System.Text.Encodings.Web.HtmlEncoder encoder) => writer.Write($"<b>{encoder.Encode(Text)}</b>");
    }
}
