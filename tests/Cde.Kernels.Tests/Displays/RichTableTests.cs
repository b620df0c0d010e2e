using Cde.Kernels.Displays;
using Cde.Workbench.Search;

namespace Cde.Kernels.Tests.Displays;

public class RichTableTests
{
    private static readonly RichTable Sample = new(
        [">score", "text"],
        [
            [new BarCell("0.5", 0.5), new MarkedCell("a <b> c", [new TextSpan(2, 3)], "d&1") { Tone = CellTone.Gold }],
            [new BarCell("1.0", 2), "plain"],
            [new BarCell("-1.0", double.NaN), new MarkedCell("all", [new TextSpan(0, 3)]) { Tone = CellTone.Missed }],
        ])
    { Title = "Found" };

    [Fact]
    public void Text_draws_bars_with_blocks_and_marks_in_brackets() => Assert.Equal(
        """
        Found
                score  text
        ───────────────────────────────
         0.5 ████      d&1: a [<b>] c
         1.0 ████████  plain
        -1.0           [all]

        """.ReplaceLineEndings("\n"),
        TextRenderer.Render(new View(Sample)));

    [Fact]
    public void Html_escapes_texts_and_marks_elements_by_class()
    {
        var html = HtmlRenderer.Fragment(new View(Sample));

        Assert.Contains("<td class=\"w gold\"><strong>d&amp;1</strong><br>a <mark>&lt;b&gt;</mark> c</td>", html, StringComparison.Ordinal);
        Assert.Contains("<td class=\"n\">0.5<span class=\"bar\"><i style=\"width:50%\"></i></span></td>", html, StringComparison.Ordinal);
        Assert.Contains("width:100%", html, StringComparison.Ordinal);
        Assert.Contains("<td class=\"w missed\"><mark>all</mark></td>", html, StringComparison.Ordinal);
        Assert.Contains("td.gold{", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_tables_are_as_before() =>
        Assert.DoesNotContain("mark{", HtmlRenderer.Fragment(new View(new Table(["a"], [["b"]]))), StringComparison.Ordinal);

    [Fact]
    public void Rows_sort_by_their_numbers()
    {
        var html = HtmlRenderer.Fragment(new View(Sample));

        Assert.Contains("<tr style=\"--r:0;--a:1;", html, StringComparison.Ordinal);
        Assert.Contains("<tr style=\"--r:2;--a:0;", html, StringComparison.Ordinal);
    }
}
