using System.Net;
using System.Text.RegularExpressions;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Kernels.Tests.Displays.Drawing;

public partial class HtmlTests
{
    private static readonly string[] Hostile =
        ["</td><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='x", "</style>", "<!--", "&lt;", "{{7*7}}", "a\0b\u0007", "\uD800", "\u202Eevil", "\uFFFE"];

    [Fact]
    public void Every_text_comes_back_from_its_escaped_form() => Check.QuickThrowOnFailure(Prop.ForAll<string>(text =>
    {
        text ??= "";
        var escaped = HtmlEscape.Of(text);
        return escaped.AsSpan().IndexOfAny("<>\"'") < 0 && WebUtility.HtmlDecode(escaped) == Carried(text);
    }));

    [Fact]
    public void Hostile_texts_stay_texts_wherever_they_stand()
    {
        foreach (var text in Hostile)
        {
            object[] values =
            [
                text, new[] { text, text, text, text }, new { Name = text, Other = new { Name = text } }, new Dictionary<string, object> { [text] = text },
                new[] { new Dictionary<string, object> { [text] = new[] { text } } }, new InvalidOperationException(text), Enumerable.Repeat(new { A = text + new string('x', 500) }, 30),
                new View(new Heading(text), new Paragraph(text), new Table([text, ">" + text], [[text, text], [text, text], [text, text]]) { Title = text }),
            ];
            foreach (var value in values)
            {
                var html = Style().Replace(Formatter.Format(value)[MimeBundle.Html], "");
                Assert.Empty(Tag().Matches(html).Select(tag => tag.Groups[1].Value).Except(Known));
                Assert.DoesNotContain("\0", html, StringComparison.Ordinal);
                Assert.DoesNotContain(Tag().Matches(html), tag => Handler().IsMatch(Quoted().Replace(tag.Value, "")));
                Balanced(html);
            }
        }
    }

    [Fact]
    public void A_small_table_is_plain() => Assert.Equal(
        """
        <table><thead><tr><th class="n">#</th><th>Name</th><th class="n">Size</th></tr></thead>
        <tbody><tr><td class="n">0</td><td>a &amp; b</td><td class="n">1</td></tr>
        <tr><td class="n">1</td><td><span class="m">null</span></td><td class="n">2</td></tr>
        </tbody></table>
        """.ReplaceLineEndings("\n"),
        Body(new[] { new { Name = (string?)"a & b", Size = 1 }, new { Name = (string?)null, Size = 2 } }));

    [Fact]
    public void A_tree_unfolds() => Assert.Equal(
        """
        <div><strong>anonymous</strong></div><table><tbody><tr><th>A</th><td>1</td></tr>
        <tr><th>B</th><td><details><summary>anonymous <span class="m">C = x</span></summary><table><tbody><tr><th>C</th><td>x</td></tr>
        </tbody></table></details></td></tr>
        </tbody></table>
        """.ReplaceLineEndings("\n"),
        Body(new { A = 1, B = new { C = "x" } }));

    [Fact]
    public void Values_without_parts_need_no_style() =>
        Assert.Equal("<pre style=\"margin:0;padding:0;background:none;color:inherit;white-space:pre-wrap\">42</pre>", Formatter.Format(42)[MimeBundle.Html]);

    [Fact]
    public void A_sorted_row_knows_its_place_in_every_order()
    {
        var html = Body(new[] { new { Name = "b", Size = 10 }, new { Name = "a", Size = 9 }, new { Name = "c", Size = 100 } });

        Assert.Equal(["--r:0;--a:1;--b:1", "--r:1;--a:0;--b:0", "--r:2;--a:2;--b:2"], RowStyle().Matches(html).Select(match => match.Groups[1].Value));
        Assert.Contains("--n:3;--z:20;--c:3", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_are_unique_and_every_label_has_its_button()
    {
        var rows = Enumerable.Range(0, 45).Select(i => new { I = i, Name = $"row {i}" }).ToList();
        var page = Formatter.Format(rows)[MimeBundle.Html] + Formatter.Format(rows)[MimeBundle.Html];

        var ids = Id().Matches(page).Select(match => match.Groups[1].Value).ToList();
        var targets = For().Matches(page).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(2 * (5 + 3), ids.Count);
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(targets.Except(ids));
        Assert.Empty(ids.Except(targets));
    }

    [Fact]
    public void Without_styles_only_rows_and_a_note_are_left_to_read()
    {
        var html = Formatter.Format(Enumerable.Range(0, 300).Select(i => new { I = i }))[MimeBundle.Html];
        var text = HtmlText.Of(Style().Replace(html, ""));

        Assert.StartsWith("# I\n0 0\n1 1\n2 2\n", text, StringComparison.Ordinal);
        Assert.EndsWith("199 199\n200 rows\nthe first 200; there are more", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_text_is_cut_with_the_whole_in_its_hint()
    {
        var text = string.Concat(Enumerable.Repeat("word \"x\" ", 60)).Trim();

        var html = Body(new[] { new { Text = text } });

        Assert.Contains($"<span title=\"{HtmlEscape.Of(text)}\">", html, StringComparison.Ordinal);
        Assert.Contains("…</span>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void More_rows_make_longer_pages_and_none_is_lost()
    {
        var table = new Table(["row"], [.. Enumerable.Range(0, 2_345).Select(i => (IReadOnlyList<string>)[$"{i}"])]);

        var html = HtmlRenderer.Fragment(new View(table));

        Assert.Equal(2_345, Regex.Count(html, "<tr style"));
        Assert.Contains("--n:2345;--z:235;--c:1", html, StringComparison.Ordinal);
        Assert.Equal(10, Regex.Count(html, "id=\"[^\"]*-p\\d\""));
    }

    [Fact]
    public void The_same_view_makes_the_same_page_with_unique_ids()
    {
        var table = new Table(["row"], [.. Enumerable.Range(0, 30).Select(i => (IReadOnlyList<string>)[$"{i}"])]);

        var page = HtmlRenderer.Page("twice", new View(table, table));

        Assert.Equal(page, HtmlRenderer.Page("twice", new View(table, table)));
        var ids = Id().Matches(page).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(2 * (3 + 2), ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData(new[] { "b", "A", "c" }, new[] { 1, 0, 2 })]
    [InlineData(new[] { "10", "9", "1,000", "text", "" }, new[] { 1, 0, 2, 3, 4 })]
    [InlineData(new[] { "12 ms", "3 ms", "0.5 ± 0.1" }, new[] { 2, 1, 0 })]
    [InlineData(new[] { "5%", "40%", "5%" }, new[] { 0, 2, 1 })]
    public void Cells_of_views_are_ordered_by_number_then_text(string[] cells, int[] ranks) =>
        Assert.Equal(ranks, RowOrder.Ranks([.. cells.Select(RowOrder.KeyOf)]));

    [Fact]
    public void Ranks_are_a_stable_permutation() => Check.QuickThrowOnFailure(Prop.ForAll<double[]>(values =>
    {
        var keys = (values ?? []).Select(value => value < -1 ? null : (object?)Math.Round(value % 3)).ToList();
        var ranks = RowOrder.Ranks(keys);
        var order = Enumerable.Range(0, keys.Count).OrderBy(row => ranks[row]).ToList();
        return ranks.Order().SequenceEqual(Enumerable.Range(0, keys.Count))
            && order.Zip(order.Skip(1)).All(pair => Ordered(keys, pair.First, pair.Second));
    }));

    private static readonly string[] Known = ["div", "table", "caption", "thead", "tbody", "tr", "th", "td", "span", "pre", "details", "summary", "strong", "input", "label", "h2", "p", "wbr"];

    private static bool Ordered(List<object?> keys, int first, int second) => (keys[first], keys[second]) switch
    {
        (null or double.NaN, null or double.NaN) => first < second,
        (double a, double b) when !double.IsNaN(b) => a < b || (a == b && first < second),
        var (a, _) => a is double and not double.NaN,
    };

    /// <summary>A text with what HTML cannot carry replaced: the rule restated, character by character.</summary>
    private static string Carried(string text) => string.Concat(text.EnumerateRunes().Select(rune =>
        rune.Value is (< 0x20 and not 9 and not 10 and not 13) or (>= 0x7F and < 0xA0) or 0xFFFE or 0xFFFF ? "\uFFFD" : rune.ToString()));

    private static string Body(object value)
    {
        var html = Formatter.Format(value)[MimeBundle.Html];
        Assert.StartsWith("<div class=\"cde\"><style>", html, StringComparison.Ordinal);
        return Style().Replace(html, "")["<div class=\"cde\">".Length..^"</div>".Length].Trim();
    }

    private static void Balanced(string html)
    {
        var open = new Stack<string>();
        foreach (Match tag in Tag().Matches(html))
        {
            var name = tag.Groups[1].Value;
            if (name is "input" or "wbr")
                continue;
            if (!tag.Value.StartsWith("</", StringComparison.Ordinal))
                open.Push(name);
            else
                Assert.Equal(open.Pop(), name);
        }

        Assert.Empty(open);
    }

    [GeneratedRegex("<style>.*?</style>\n?", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex("</?([a-zA-Z!][a-zA-Z0-9-]*)[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\bon\w+\s*=|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Handler();

    [GeneratedRegex("<tr style=\"([^\"]*)\"")]
    private static partial Regex RowStyle();

    [GeneratedRegex(" id=\"([^\"]*)\"")]
    private static partial Regex Id();

    [GeneratedRegex(" for=\"([^\"]*)\"")]
    private static partial Regex For();
}
