using System.Text;

namespace Cde.Kernels.Displays;

/// <summary>Draws nodes and views as one HTML fragment that refers to nothing outside itself.</summary>
internal sealed class HtmlWriter
{
    private const int CellCharacters = 200;
    private const string BarePre = "<pre style=\"margin:0;padding:0;background:none;color:inherit;white-space:pre-wrap\">";

    private static int _shown;

    private readonly StringBuilder _body = new();
    private int _tables;
    private int _orders;
    private int _pages;
    private bool _isRich;

    /// <summary>Rows on a page of a table at least.</summary>
    public int PageSize { get; init; } = 20;

    /// <summary>Whether this is all that stands on its page: the same content then makes the same page, byte by byte.</summary>
    public bool IsWholePage { get; init; }

    /// <summary>A node as a fragment. A value without parts needs no style.</summary>
    public static string Fragment(Node node, int pageSize)
    {
        switch (node)
        {
            case Ready ready:
                return ready.Html;
            case Leaf { Kind: not LeafKind.Error } leaf:
                return $"{BarePre}{HtmlEscape.Of(leaf.Text)}</pre>";
            default:
                var writer = new HtmlWriter { PageSize = pageSize };
                writer.Append(node, isNested: false);
                return writer.ToFragment();
        }
    }

    /// <summary>All that was drawn, with its style.</summary>
    public string ToFragment() => $"<div class=\"cde\">{HtmlStyle.Element(_orders, _pages, _isRich ? RichHtml.Style : "")}{_body}</div>";

    /// <summary>Draws a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="isNested">It stands in a cell of a table or tree.</param>
    public void Append(Node node, bool isNested)
    {
        switch (node)
        {
            case Leaf leaf: AppendLeaf(leaf, isNested); break;
            case Listing listing: AppendListing(listing); break;
            case Ready ready: _body.Append(ready.Html); break;
            case Fields fields when !isNested: AppendFields(fields); break;
            case Fields fields: AppendFolded(fields.Name, fields.Preview, () => AppendParts(fields)); break;
            case Grid grid when !isNested: Append(TableOf(grid, isNested)); break;
            case Grid grid: AppendFolded(grid.Title.Length > 0 ? grid.Title : "table", "", () => Append(TableOf(grid, isNested))); break;
            case Fold fold: AppendFolded(fold.Summary, "", () => Append(fold.Content, isNested)); break;
            case Viewed viewed: Append(viewed.View); break;
            case Stack stack:
                foreach (var part in stack.Parts)
                {
                    _body.Append("<div>");
                    Append(part, isNested);
                    _body.Append("</div>\n");
                }

                break;
            default: throw new NotSupportedException(node.GetType().Name);
        }
    }

    /// <summary>Draws a view's blocks.</summary>
    public void Append(View view)
    {
        foreach (var block in view.Blocks)
        {
            switch (block)
            {
                case Heading heading: _body.Append("<h2>").Append(HtmlEscape.Of(heading.Text)).Append("</h2>\n"); break;
                case Paragraph paragraph: _body.Append("<p>").Append(HtmlEscape.Of(paragraph.Text)).Append("</p>\n"); break;
                case Drawing drawing: _body.Append("<figure>").Append(drawing.Figure.ToHtml()).Append("</figure>\n"); break;
                case Table table: Append(TableOf(table)); break;
                case RichTable table: Append(TableOf(table)); break;
                default: throw new NotSupportedException(block.GetType().Name);
            }
        }
    }

    private void Append(HtmlTable table)
    {
        _orders = Math.Max(_orders, table.Orders);
        _pages = Math.Max(_pages, table.Pages);
        table.Append(_body, IsWholePage ? ++_tables : Interlocked.Increment(ref _shown));
    }

    private HtmlTable TableOf(Table table) => new()
    {
        Columns = [.. Enumerable.Range(0, table.Columns.Count).Select(column => new HtmlColumn(table.Header(column), table.IsRight(column)))],
        Rows = [.. table.Rows.Select(row => row.Select(cell => new HtmlCell(Cut(cell, BreakableText.Html), RowOrder.KeyOf(cell))).ToList())],
        Caption = table.Title,
        IsInteractive = true,
        PageSize = PageSize,
    };

    private HtmlTable TableOf(RichTable table)
    {
        _isRich = true;
        var plain = table.Plain();
        return new()
        {
            Columns = [.. Enumerable.Range(0, plain.Columns.Count).Select(column => new HtmlColumn(plain.Header(column), plain.IsRight(column)))],
            Rows = [.. table.Rows.Select(row => row.Select((cell, column) => new HtmlCell(RichHtml.Of(cell), RowOrder.KeyOf(cell.Text)) { Class = RichHtml.ClassOf(cell, plain.IsRight(column)) }).ToList())],
            Caption = table.Title,
            IsInteractive = true,
            PageSize = PageSize,
        };
    }

    private HtmlTable TableOf(Grid grid, bool isNested) => new()
    {
        Columns = [.. grid.Columns.Select((name, column) => new HtmlColumn(name, grid.IsNumeric(column)))],
        Rows = [.. grid.Rows.Select(row => row.Select(node => new HtmlCell(Draw(node), KeyOf(node))).ToList())],
        Caption = grid.HasCaption && !isNested ? grid.Title : "",
        Note = grid.Note,
        IsInteractive = !isNested,
        IsSortable = !grid.IsMatrix,
        PageSize = PageSize,
    };

    private static object? KeyOf(Node? node) => node switch
    {
        Leaf { Kind: LeafKind.Muted } => null,
        Leaf leaf => leaf.Key ?? leaf.Text,
        Fields fields => fields.Preview,
        Listing listing => (double)listing.Items.Count,
        Grid grid => (double)grid.Rows.Count,
        Ready ready => RowOrder.KeyOf(ready.Text),
        _ => null,
    };

    /// <summary>A node as the content of a cell.</summary>
    private string Draw(Node? node)
    {
        if (node is null)
            return "";
        if (node is Leaf { Kind: LeafKind.Text or LeafKind.Number or LeafKind.Word } leaf)
            return Cut(leaf.Text);
        // Cells are drawn into the same body, then taken out of it: their folded tables share the style.
        var start = _body.Length;
        Append(node, isNested: true);
        var drawn = _body.ToString(start, _body.Length - start);
        _body.Length = start;
        return drawn;
    }

    private static string Cut(string text) => Cut(text, HtmlEscape.Of);

    private static string Cut(string text, Func<string, string> html)
    {
        var shown = Shown.Shorten(text, CellCharacters);
        return shown.Length == text.Length ? html(text) : $"<span title=\"{HtmlEscape.Of(text)}\">{html(shown)}</span>";
    }

    private void AppendLeaf(Leaf leaf, bool isNested) => _body.Append(leaf.Kind switch
    {
        LeafKind.Muted => $"<span class=\"m\">{Cut(leaf.Text)}</span>",
        LeafKind.Error when isNested => $"<span class=\"e\">{Cut(leaf.Text)}</span>",
        LeafKind.Error => $"<pre class=\"e\">{HtmlEscape.Of(leaf.Text)}</pre>",
        LeafKind.Lines => $"<pre>{HtmlEscape.Of(leaf.Text)}</pre>",
        _ => Cut(leaf.Text),
    });

    private void AppendListing(Listing listing)
    {
        _body.Append('[');
        for (var i = 0; i < listing.Items.Count; i++)
        {
            if (i > 0)
                _body.Append(", ");
            AppendLeaf(listing.Items[i] is { Kind: LeafKind.Text } text ? text with { Text = $"\"{text.Text}\"" } : listing.Items[i], isNested: true);
        }

        _body.Append(']');
        if (listing.Note.Length > 0)
            _body.Append(" <span class=\"m\">").Append(HtmlEscape.Of(listing.Note)).Append("</span>");
    }

    private void AppendFields(Fields fields)
    {
        _body.Append("<div><strong>").Append(HtmlEscape.Of(fields.Name)).Append("</strong></div>");
        AppendParts(fields);
    }

    private void AppendParts(Fields fields)
    {
        _body.Append("<table><tbody>");
        foreach (var part in fields.Parts)
        {
            _body.Append("<tr><th>").Append(HtmlEscape.Of(Shown.Shorten(part.Name, 60))).Append("</th><td>");
            Append(part.Value, isNested: true);
            _body.Append("</td></tr>\n");
        }

        _body.Append("</tbody></table>");
        if (fields.Note.Length > 0)
            _body.Append("<div class=\"m\">").Append(HtmlEscape.Of(fields.Note)).Append("</div>");
    }

    private void AppendFolded(string name, string preview, Action content)
    {
        _body.Append("<details><summary>").Append(HtmlEscape.Of(name));
        if (preview.Length > 0)
            _body.Append(" <span class=\"m\">").Append(HtmlEscape.Of(preview)).Append("</span>");
        _body.Append("</summary>");
        content();
        _body.Append("</details>");
    }
}
