using System.Text;

namespace Cde.Kernels.Displays;

/// <summary>Draws nodes as plain text: trees by indentation, tables with aligned columns.</summary>
internal static class NodeText
{
    private const int MaxCharacters = Budget.MaxCharacters + 1_000;
    private const int CellCharacters = 60;
    private const int MaxColumns = 12;

    /// <summary>The node as lines without a line break at the end.</summary>
    /// <param name="node">The node.</param>
    /// <param name="rows">Rows of a table at most.</param>
    public static string Render(Node node, int rows)
    {
        if (node is Leaf leaf)
            return leaf.Text;
        var text = new StringBuilder();
        Append(text, node, rows, 0);
        if (text.Length > MaxCharacters)
            text.Remove(MaxCharacters, text.Length - MaxCharacters).Append("\n…");
        return text.ToString().TrimEnd('\n');
    }

    /// <summary>The node on one line, for a cell of a table.</summary>
    public static string Line(Node? node) => node switch
    {
        null => "",
        Leaf leaf => Shown.Shorten(leaf.Text, CellCharacters),
        Listing listing => Shown.Shorten(Listed(listing, 8), CellCharacters),
        Fields fields => Shown.Shorten(fields.Preview.Length > 0 ? $"{fields.Name} {{ {fields.Preview} }}" : fields.Name, CellCharacters),
        Grid grid => grid.Title.Length > 0 ? Shown.Shorten(grid.Title, CellCharacters) : "table",
        Ready ready => Shown.Shorten(ready.Text, CellCharacters),
        Fold fold => Shown.Shorten(fold.Summary, CellCharacters),
        Stack stack => Line(stack.Parts.FirstOrDefault()),
        _ => "view",
    };

    private static void Append(StringBuilder text, Node node, int rows, int indent)
    {
        if (text.Length > MaxCharacters)
            return;
        switch (node)
        {
            case Leaf leaf: AppendLines(text, leaf.Text, indent); break;
            case Listing listing: AppendLines(text, Wrapped(Listed(listing, int.MaxValue), TextRenderer.DefaultWidth - indent), indent); break;
            case Ready ready: AppendLines(text, ready.Text, indent); break;
            case Viewed viewed: AppendLines(text, TextRenderer.Render(viewed.View).TrimEnd('\n'), indent); break;
            case Grid grid: AppendLines(text, Tabular(grid, rows), indent); break;
            case Fields fields:
                AppendLines(text, fields.Name, indent);
                AppendParts(text, fields, rows, indent + 2);
                break;
            case Fold fold:
                AppendLines(text, fold.Summary + ":", indent);
                Append(text, fold.Content, rows, indent + 2);
                break;
            case Stack stack:
                foreach (var part in stack.Parts)
                    Append(text, part, rows, indent);
                break;
            default: throw new NotSupportedException(node.GetType().Name);
        }
    }

    private static void AppendParts(StringBuilder text, Fields fields, int rows, int indent)
    {
        foreach (var part in fields.Parts)
        {
            var name = Shown.Shorten(part.Name, CellCharacters);
            if (part.Value is Leaf or Listing)
            {
                var value = part.Value is Leaf leaf ? Shown.Shorten(leaf.Text, 200) : Listed((Listing)part.Value, int.MaxValue);
                AppendLines(text, value.Length > 0 ? $"{name}: {value}" : name + ":", indent);
                continue;
            }

            AppendLines(text, part.Value is Fields inner ? $"{name}: {inner.Name}" : name + ":", indent);
            if (part.Value is Fields tree)
                AppendParts(text, tree, rows, indent + 2);
            else
                Append(text, part.Value, rows, indent + 2);
        }

        if (fields.Note.Length > 0)
            AppendLines(text, "… " + fields.Note, indent);
    }

    private static string Tabular(Grid grid, int rows)
    {
        var width = Math.Min(grid.Columns.Count, MaxColumns);
        var shown = grid.Rows.Take(rows).ToList();
        var columns = grid.Columns.Take(width)
            .Select((name, column) => (grid.IsNumeric(column) ? ">" : "") + Shown.Shorten(name, CellCharacters));
        var table = new Table([.. columns], [.. shown.Select(row => row.Take(width).Select(Line).ToList())]) { Title = grid.HasCaption ? grid.Title : "" };
        var notes = new List<string>();
        if (grid.Note.Length > 0)
            notes.Add(grid.Note);
        if (shown.Count < grid.Rows.Count)
            notes.Add(grid.Note.Length > 0 ? $"{shown.Count} shown here" : $"{shown.Count} of {Shown.Count(grid.Rows.Count)} rows");
        if (width < grid.Columns.Count)
            notes.Add($"{grid.Columns.Count - width} more columns");
        return TextRenderer.Render(new View(table)).TrimEnd('\n') + (notes.Count > 0 ? $"\n({string.Join("; ", notes)})" : "");
    }

    private static string Listed(Listing listing, int most)
    {
        var items = listing.Items.Take(most).Select(item => item.Kind == LeafKind.Text ? $"\"{Shown.Shorten(item.Text, 200)}\"" : item.Text);
        var more = listing.Items.Count > most ? ", …" : "";
        return $"[{string.Join(", ", items)}{more}]{(listing.Note.Length > 0 ? $" ({listing.Note})" : "")}";
    }

    private static string Wrapped(string line, int width)
    {
        var text = new StringBuilder();
        var start = 0;
        while (line.Length - start > width && line.LastIndexOf(' ', start + width, width) is var cut && cut > start)
        {
            text.Append(line, start, cut - start).Append('\n').Append(' ');
            start = cut + 1;
        }

        return text.Append(line, start, line.Length - start).ToString();
    }

    private static void AppendLines(StringBuilder text, string lines, int indent)
    {
        foreach (var line in lines.Split('\n'))
            text.Append(' ', line.Length > 0 ? indent : 0).Append(line).Append('\n');
    }
}
