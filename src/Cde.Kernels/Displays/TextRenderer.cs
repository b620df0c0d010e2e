using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Cde.Kernels.Displays;

/// <summary>Draws a view as plain text: tables with aligned columns, no colours, no line longer than the width where it can be helped.</summary>
public static class TextRenderer
{
    /// <summary>The width where nobody tells the terminal's, in characters.</summary>
    public const int DefaultWidth = 140;

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
        console.Profile.Width = Math.Max(40, width);
        console.Profile.Capabilities.Unicode = true;
        var drawn = new Spectre.Console.Table { Border = new HeaderLineBorder() };
        for (var column = 0; column < table.Columns.Count; column++)
        {
            var header = new TableColumn(new Text(table.Header(column))) { Padding = new Padding(0, 0, 2, 0) };
            drawn.AddColumn(table.IsRight(column) ? header.RightAligned().NoWrap() : header);
        }

        foreach (var row in table.Rows)
            drawn.AddRow(row.Select(cell => new Text(cell)));
        console.Write(drawn);
        return (table.Title.Length > 0 ? table.Title + "\n" : "") + text.ToString().Trim('\n');
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
