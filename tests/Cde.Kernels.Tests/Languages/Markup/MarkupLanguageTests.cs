using Cde.Kernels.Hosting;
using Cde.Kernels.Languages;

namespace Cde.Kernels.Tests.Languages.Markup;

public class MarkupLanguageTests
{
    private readonly RecordedOutput _output = new();

    [Fact]
    public async Task HTML_is_shown_as_it_stands()
    {
        Assert.Null(await new HtmlLanguage().RunAsync("<b>a &amp; b</b>", _output));

        Assert.Equal("<b>a &amp; b</b>", Assert.Single(_output.Displays)[MimeBundle.Html]);
    }

    [Fact]
    public async Task Markdown_has_tables_footnotes_formulas_and_raw_HTML()
    {
        await new MarkdownLanguage().RunAsync("# Title\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\nText[^1] <kbd>x</kbd> $x^2$\n\n[^1]: Note", _output);

        var html = Assert.Single(_output.Displays)[MimeBundle.Html];
        Assert.Contains("<h1 id=\"title\">Title</h1>", html, StringComparison.Ordinal);
        Assert.Contains("<td style=\"text-align: right;\">2</td>", html, StringComparison.Ordinal);
        Assert.Contains("<kbd>x</kbd>", html, StringComparison.Ordinal);
        Assert.Contains("class=\"footnote", html, StringComparison.Ordinal);
        Assert.Contains("\\(x^2\\)", html, StringComparison.Ordinal);
        Assert.StartsWith("# Title", _output.Displays[0]["text/markdown"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mermaid_is_source_in_forms_that_front_ends_draw()
    {
        await new MermaidLanguage().RunAsync("\ngraph LR\n  a --> b\n", _output);

        var bundle = Assert.Single(_output.Displays);
        Assert.Equal("graph LR\n  a --> b", bundle["text/vnd.mermaid"]);
        Assert.Equal("graph LR\n  a --> b", bundle[MimeBundle.PlainText]);
        Assert.Equal("```mermaid\ngraph LR\n  a --> b\n```\n", bundle["text/markdown"]);
        Assert.False(bundle.ContainsKey(MimeBundle.Html));
    }

    [Fact]
    public async Task A_mermaid_source_does_not_close_its_fence()
    {
        await new MermaidLanguage().RunAsync("graph LR\n  a[\"```\"]", _output);

        Assert.StartsWith("````mermaid\n", _output.Displays[0]["text/markdown"], StringComparison.Ordinal);
    }
}
