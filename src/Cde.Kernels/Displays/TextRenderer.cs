using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Cde.Kernels.Displays;

/// <summary>Draws a view as plain text: tables with aligned columns, no colours, no line longer than the width where it can be helped.</summary>
public static class TextRenderer
{
    /// <summary>The width where nobody tells the terminal's, in characters.</summary>
    public const int DefaultWidth = 140;

    /// <summary>Blanks between two columns.</summary>
    private const int Gap = 2;

    /// <summary>A column of text is not made narrower than this, in characters.</summary>
    private const int LeastText = 16;

    /// <summary>The view as text, ending with a line break.</summary>
    /// <param name="view">What to draw.</param>
    /// <param name="width">Characters a line. <value>From 40; 140 by default.</value></param>
    public static string Render(View view, int width = DefaultWidth)
    {
        var text = new StringBuilder();
        var isFirst = true;
        foreach (var block in view.Blocks)
        {
            if (!isFirst && block is not Paragraph)
                text.Append('\n');
            isFirst = false;
            text.Append(block switch
            {
                Heading heading => heading.Text,
                Paragraph paragraph => paragraph.Text,
                Drawing drawing => drawing.Figure.ToText(),
                Table table => Render(table, width),
                RichTable table => Render(table.Plain(), width),
                _ => throw new NotSupportedException(block.GetType().Name),
            }).Append('\n');
        }

        return TrimLines(text.ToString());
    }

    private static string Render(Table table, int width)
    {
        var text = new StringBuilder();
        using var writer = new StringWriter(text) { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        var widths = Widths(table, Math.Max(40, width), RenderOptions.Create(console));
        console.Profile.Width = int.MaxValue / 2; // the columns' widths are set here
        console.Profile.Capabilities.Unicode = true;
        var drawn = new Spectre.Console.Table { Border = new HeaderLineBorder() };
        for (var column = 0; column < table.Columns.Count; column++)
        {
            var header = new TableColumn(new Text(table.Header(column))) { Padding = new Padding(0, 0, Gap, 0), Width = widths[column] };
            drawn.AddColumn(table.IsRight(column) ? header.RightAligned().NoWrap() : header);
        }

        foreach (var row in table.Rows)
            drawn.AddRow(row.Select(cell => new Text(cell)));
        console.Write(drawn);
        return (table.Title.Length > 0 ? table.Title + "\n" : "") + text.ToString().Trim('\n');
    }

    /// <summary>
    /// Characters a column. Numbers are never broken; where all does not fit, columns of text share what the numbers leave, in proportion to what they want above the
    /// least: their longest word, so that no name is broken, or <see cref="LeastText"/> where the words do not fit either. Lines grow longer than the width rather than have
    /// columns of single letters.
    /// </summary>
    private static int[] Widths(Table table, int width, RenderOptions options)
    {
        var wanted = Enumerable.Range(0, table.Columns.Count)
            .Select(column => Math.Max(1, table.Rows.Select(row => row[column]).Append(table.Header(column)).Max(Cells)))
            .ToArray();
        var over = wanted.Sum(each => each + Gap) - width;
        var least = wanted.Select((each, column) => table.IsRight(column) ? each : Math.Min(each, LeastText)).ToArray();
        if (over <= 0)
            return wanted;
        var left = width - least.Sum(each => each + Gap);
        foreach (var (column, longest) in Enumerable.Range(0, table.Columns.Count)
            .Where(column => !table.IsRight(column))
            .Select(column => (column, Longest: table.Rows.Select(row => row[column]).Append(table.Header(column)).Max(text => text.Split((char[]?)null).Max(Cells))))
            .OrderBy(word => word.Longest))
        {
            var more = Math.Max(0, longest - least[column]);
            if (more > left)
                break; // the longest words are those that have to be broken
            (least[column], left) = (least[column] + more, left - more);
        }

        var room = wanted.Sum() - least.Sum();
        if (room == 0)
            return wanted;
        var share = Math.Min(1.0, (double)over / room);
        return [.. wanted.Select((each, column) => each - (int)Math.Ceiling(share * (each - least[column])))];

        int Cells(string text) => ((IRenderable)new Text(text)).Measure(options, int.MaxValue).Max; // wide characters take two columns of a terminal
    }

    private static string TrimLines(string text) =>
        string.Join('\n', text.Split('\n').Select(line => line.TrimEnd())).TrimEnd('\n') + "\n";

    /// <summary>A rule under the header and nothing else, so that columns can be cut out by tools.</summary>
    private sealed class HeaderLineBorder : TableBorder
    {
        public override string GetPart(TableBorderPart part) => part switch
        {
            TableBorderPart.HeaderBottom => "─",
            _ => "",
        };

        public override bool Visible => true;
    }
}
