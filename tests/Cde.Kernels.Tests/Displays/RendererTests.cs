using Cde.Kernels.Displays;

namespace Cde.Kernels.Tests.Displays;

public class RendererTests
{
    private static readonly View Sample = new(
        new Heading("Scores"),
        new Table(["what", ">score"], [["own <context>", "0.597"], ["BM25 & co", "10.469"]]) { Title = "Held-out assemblies" },
        new Paragraph("Ties by id."));

    [Fact]
    public void Text_is_aligned_and_has_no_markup()
    {
        Assert.Equal(
            """
            Scores

            Held-out assemblies
            what            score
            ───────────────────────
            own <context>   0.597
            BM25 & co      10.469
            Ties by id.

            """.ReplaceLineEndings("\n"),
            TextRenderer.Render(Sample));
    }

    [Fact]
    public void Columns_of_text_share_what_numbers_leave()
    {
        var text = TextRenderer.Render(new View(new Table(["corpus", ">a", "words"], [["one two three four five six", "1.234567", "seven eight nine ten eleven twelve"]])), 60);

        Assert.Equal(
            """
            corpus                        a  words
            ───────────────────────────────────────────────────────────
            one two three four     1.234567  seven eight nine ten
            five six                         eleven twelve

            """.ReplaceLineEndings("\n"),
            text);
    }

    [Fact]
    public void Column_of_text_beside_many_numbers_keeps_its_words()
    {
        string[] numbers = [.. Enumerable.Repeat("0.123456789", 6)];
        var lines = TextRenderer.Render(new View(new Table(["corpus", .. Enumerable.Range(0, 6).Select(i => $">{i}")], [["System.Xml.XDocument of .NET", .. numbers]])), 60).Split('\n');

        Assert.StartsWith("System.Xml.XDoc", lines[2], StringComparison.Ordinal);
        Assert.Contains("of .NET", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_that_fits_the_terminal_is_not_broken()
    {
        var view = new View(new Table(["assembly", "query", "best three"], [["dotnet-api/System.Xml.XDocument", string.Join(' ', Enumerable.Repeat("words", 20)), string.Join(' ', Enumerable.Repeat("ProtocolType.IPv6DestinationOptions;", 3))]]));

        Assert.All((int[])[100, 120, 140], width =>
        {
            var lines = TextRenderer.Render(view, width).Split('\n');
            Assert.StartsWith("dotnet-api/System.Xml.XDocument ", lines[2], StringComparison.Ordinal);
            Assert.Contains("ProtocolType.IPv6DestinationOptions;", lines[2], StringComparison.Ordinal);
            Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
        });
    }

    [Fact]
    public void Long_names_can_be_broken_where_a_reader_would()
    {
        var html = HtmlRenderer.Fragment(new View(new Table(["best"], [["Extensions.Elements<T>(IEnumerable<T>) short.name"]])));
        Assert.Contains("Extensions.<wbr>Elements&lt;<wbr>T&gt;(<wbr>IEnumerable&lt;<wbr>T&gt;) short.name", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_escapes_and_marks_numbers()
    {
        var html = HtmlRenderer.Fragment(Sample);

        Assert.Contains("<td class=\"h\">own &lt;context&gt;</td><td class=\"n\">0.597</td>", html, StringComparison.Ordinal);
        Assert.Contains("BM25 &amp; co", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_refers_to_nothing_outside_itself()
    {
        var page = HtmlRenderer.Page("a <title>", Sample);

        Assert.Contains("<title>a &lt;title&gt;</title>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\n  b\tc", 10, "a b c")]
    [InlineData("abcdefghij", 5, "abcd…")]
    [InlineData("abc😀def", 5, "abc…")]
    public void Shortened_text_is_one_line_of_whole_characters(string text, int length, string expected) =>
        Assert.Equal(expected, Shown.Shorten(text, length));
}
