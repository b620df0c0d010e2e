using System.Text.Json.Nodes;
using Cde.Kernels.Notebooks;
using Cde.Testing;

namespace Cde.Kernels.Tests.Notebooks;

public class NotebookPageTests
{
    private const string Dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    [Fact]
    public void A_page_shows_texts_code_and_the_richest_form_of_every_output()
    {
        var page = NotebookPage.Write(NotebookFile.Read(NotebookFixtures.Path("jupyter.ipynb")), "n.ipynb");

        Assert.Contains("<title>Minicorpora and contexts</title>", page, StringComparison.Ordinal);
        Assert.Contains("<th>a</th>", page, StringComparison.Ordinal);
        Assert.Contains($"src=\"data:image/png;base64,{Dot}\" alt=\"dot\"", page, StringComparison.Ordinal);
        Assert.Contains("<div class=\"mark\">[2]</div>", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"k\">var</span> seed = <span class=\"n\">1</span>;", page, StringComparison.Ordinal);
        Assert.Contains("two <span class=\"f1\">red</span></pre>", page, StringComparison.Ordinal);
        Assert.Contains("<div class=\"out stderr\"><pre>&lt;two&gt;</pre>", page, StringComparison.Ordinal);
        Assert.Contains("<b>three</b>\n<i>x</i>", page.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("&quot;c&quot;: null", page, StringComparison.Ordinal);
        Assert.Contains("<pre>figure</pre>", page, StringComparison.Ordinal);
        Assert.Contains("<p class=\"failure\"><a href=\"#cell-4\">Cell [3]</a> failed: Exception: no</p>", page, StringComparison.Ordinal);
        Assert.Contains("<pre>raw text</pre>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_refers_to_nothing_outside_itself()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["near dot.png"], Convert.FromBase64String(Dot));
        var notebook = new NotebookDocument();
        notebook.Cells.Add(new NotebookCell(CellKind.Markdown, "![far](https://example.org/far.png) ![near](near%20dot.png) ![none](missing.png) ![not](/etc/hostname.png)"));

        var page = NotebookPage.Write(notebook, "n.ipynb", folder.Path);

        Assert.DoesNotMatch("(src|srcset)=\"(?!data:)|url\\(|@import", page);
        Assert.DoesNotContain("<link", page, StringComparison.Ordinal);
        Assert.Contains($"<img src=\"data:image/png;base64,{Dot}\" alt=\"near\"", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://example.org/far.png\" class=\"picture\">far</a>", page, StringComparison.Ordinal);
        Assert.Contains(">none</a>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_in_an_output_cannot_end_the_page()
    {
        var notebook = Showing("text/html", "<!DOCTYPE html><html><body>\"x\"</body></html>");

        Assert.Contains("<iframe srcdoc=\"&lt;!DOCTYPE html&gt;&lt;html&gt;&lt;body&gt;&quot;x&quot;&lt;/body&gt;&lt;/html&gt;\"></iframe>", NotebookPage.Write(notebook, "n"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_in_an_output_cannot_end_its_element() =>
        Assert.Contains("element.innerHTML = \"<\\/script>\";", NotebookPage.Write(Showing("application/javascript", "element.innerHTML = \"</script>\";"), "n"), StringComparison.Ordinal);

    [Fact]
    public void A_file_name_is_the_title_where_there_is_no_heading() =>
        Assert.Contains("<title>a&lt;b.ipynb</title>", NotebookPage.Write(Showing("text/plain", "x"), "a<b.ipynb"), StringComparison.Ordinal);

    [Theory]
    [InlineData("plain <b>", "plain &lt;b&gt;")]
    [InlineData("\e[1;31mred\e[0m.", "<span class=\"a1 f1\">red</span>.")]
    [InlineData("\e[38;5;196mx\e[39my", "<span style=\"color:#ff0000\">x</span>y")]
    [InlineData("\e[38;2;1;2;300mx", "<span style=\"color:#0102ff\">x</span>")]
    [InlineData("\e[38;5mx", "x")]
    [InlineData("\e[48;5;3;4mx\e[24my\e[49mz", "<span class=\"a4 b3\">x</span><span class=\"b3\">y</span>z")]
    [InlineData("\e[2J\e]0;title\ax\e[?25l\b", "x")]
    [InlineData("10 %\r50 %\r100 %\nnext\r", "100 %\nnext")]
    [InlineData("a\r\nb", "a\nb")]
    public void Terminal_text_becomes_spans(string text, string expected) => Assert.Equal(expected, AnsiHtml.ToHtml(text));

    [Theory]
    [InlineData("csharp", "var s = \"// no\"; // yes", "<span class=\"k\">var</span> s = <span class=\"s\">&quot;// no&quot;</span>; <span class=\"c\">// yes</span>")]
    [InlineData("csharp", "@\"a\\\"+1.5f", "<span class=\"s\">@&quot;a\\&quot;</span>+<span class=\"n\">1.5f</span>")]
    [InlineData("csharp", "$\"\"\"a\n\"b\"\"\"\";", "<span class=\"s\">$&quot;&quot;&quot;a\n&quot;b&quot;&quot;&quot;</span><span class=\"s\">&quot;;</span>")]
    [InlineData("csharp", "$\"{(a ? $\"b {c}\" : \"d\")} {{ e\" + 1", "<span class=\"s\">$&quot;{(a ? $&quot;b {c}&quot; : &quot;d&quot;)} {{ e&quot;</span> + <span class=\"n\">1</span>")]
    [InlineData("csharp", "$@\"a\n{b[\"c\"]}\"\"d\" + @$\"{'\"'}\"", "<span class=\"s\">$@&quot;a\n{b[&quot;c&quot;]}&quot;&quot;d&quot;</span> + <span class=\"s\">@$&quot;{&#39;&quot;&#39;}&quot;</span>")]
    [InlineData("csharp", "$\"{open\nint a", "<span class=\"s\">$&quot;{open</span>\n<span class=\"k\">int</span> a")]
    [InlineData("csharp", "#!time\nvariable", "<span class=\"m\">#!time</span>\nvariable")]
    [InlineData("csharp", "int a;\n#!fsharp\nlet int = 1", "<span class=\"k\">int</span> a;\n<span class=\"m\">#!fsharp</span>\n<span class=\"k\">let</span> int = <span class=\"n\">1</span>")]
    [InlineData("fsharp", "(* c *) 'a'", "<span class=\"c\">(* c *)</span> <span class=\"s\">&#39;a&#39;</span>")]
    [InlineData("javascript", "`a\n${b}` + 'c' + \"d\"", "<span class=\"s\">`a\n${b}`</span> + <span class=\"s\">&#39;c&#39;</span> + <span class=\"s\">&quot;d&quot;</span>")]
    [InlineData("sql", "SELECT 'it''s' -- x", "<span class=\"k\">SELECT</span> <span class=\"s\">&#39;it&#39;&#39;s&#39;</span> <span class=\"c\">-- x</span>")]
    [InlineData("html", "<b id=\"x\">1</b>", "<span class=\"k\">&lt;b</span> id=<span class=\"s\">&quot;x&quot;</span><span class=\"k\">&gt;</span>1<span class=\"k\">&lt;/b</span><span class=\"k\">&gt;</span>")]
    [InlineData("mermaid", "graph <a>", "graph &lt;a&gt;")]
    public void Code_is_coloured_by_its_language(string language, string code, string expected) =>
        Assert.Equal(expected, CodeColours.ToHtml(code, language, new NotebookDocument().SelectedLanguage));

    [Theory]
    [InlineData("csharp", "\"open /* '")]
    [InlineData("csharp", "/ * ' \"\"\"")]
    [InlineData("csharp", "$\"{ ")]
    [InlineData("csharp", "$@\"{\"\"}")]
    [InlineData("fsharp", "x' (* ' ")]
    [InlineData("html", "<!- <!--")]
    public void Colouring_keeps_every_character_of_a_large_cell(string language, string piece)
    {
        var code = string.Concat(Enumerable.Repeat(piece, 20_000));

        var html = CodeColours.ToHtml(code, language, _ => null);

        Assert.Equal(code, System.Net.WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Replace(html, "</?span[^>]*>", "")));
    }

    private static NotebookDocument Showing(string type, string content)
    {
        var notebook = new NotebookDocument();
        var cell = new NotebookCell(CellKind.Code, "1");
        cell.Outputs.Add((JsonNode)new JsonObject { ["output_type"] = "display_data", ["data"] = new JsonObject { [type] = content }, ["metadata"] = new JsonObject() });
        notebook.Cells.Add(cell);
        return notebook;
    }
}
