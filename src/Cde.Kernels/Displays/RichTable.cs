using Cde.Workbench.Search;

namespace Cde.Kernels.Displays;

/// <summary>A table whose cells can be more than text: a number with a bar, words marked, cells that stand out.</summary>
/// <param name="Columns">The columns; a name that begins with <c>&gt;</c> sets its column to the right.</param>
/// <param name="Rows">The rows, each as long as the columns.</param>
public sealed record RichTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<RichCell>> Rows) : Block
{
    /// <summary>What the table shows, in one line; none where empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>The same table in text alone: bars drawn with blocks, marked words in brackets.</summary>
    public Table Plain() => new(Columns, [.. Rows.Select(row => row.Select(cell => cell.Plain).ToList())]) { Title = Title };
}

/// <summary>How a cell stands out. Its text must say it too: plain text has no colours.</summary>
public enum CellTone
{
    /// <summary>Not at all.</summary>
    Plain,

    /// <summary>What was looked for.</summary>
    Gold,

    /// <summary>What was looked for and is not where it should be.</summary>
    Missed,
}

/// <summary>A cell of text.</summary>
/// <param name="Text">The text, without markup.</param>
public record RichCell(string Text)
{
    /// <summary>How it stands out.</summary>
    public CellTone Tone { get; init; }

    /// <summary>The cell as text alone.</summary>
    public virtual string Plain => Text;

    /// <summary>The cell of a text.</summary>
    public static implicit operator RichCell(string text) => new(text);
}

/// <summary>A number with a bar behind it.</summary>
/// <param name="Text">The number.</param>
/// <param name="Share">How much of the bar is filled, 0 to 1; beyond is cut.</param>
public sealed record BarCell(string Text, double Share) : RichCell(Text)
{
    private const int Width = 8; // characters
    private const string Eighths = " ▏▎▍▌▋▊▉";

    /// <summary>The share from 0 to 1; 0 where it is not a number.</summary>
    public double Filled => double.IsNaN(Share) ? 0 : Math.Clamp(Share, 0, 1);

    /// <inheritdoc/>
    public override string Plain
    {
        get
        {
            var eighths = (int)Math.Round(Filled * Width * 8);
            var bar = new string('█', eighths / 8) + (eighths % 8 > 0 ? Eighths[eighths % 8] : "");
            return $"{Text} {bar.PadRight(Width)}";
        }
    }
}

/// <summary>A text with some of its parts marked.</summary>
/// <param name="Text">The text.</param>
/// <param name="Marks">The parts, from left to right, apart from each other and inside the text.</param>
/// <param name="Lead">What stands in front in bold, such as an id; none where empty.</param>
public sealed record MarkedCell(string Text, IReadOnlyList<TextSpan> Marks, string Lead = "") : RichCell(Text)
{
    /// <inheritdoc/>
    public override string Plain
    {
        get
        {
            var marked = string.Concat(Parts().Select(part => part.IsMarked ? $"[{part.Text}]" : part.Text));
            return Lead.Length > 0 ? $"{Lead}: {marked}" : marked;
        }
    }

    /// <summary>The text in pieces, marked ones and those between.</summary>
    public IEnumerable<(string Text, bool IsMarked)> Parts()
    {
        var at = 0;
        foreach (var mark in Marks)
        {
            if (mark.Start > at)
                yield return (Text[at..mark.Start], false);
            yield return (Text.Substring(mark.Start, mark.Length), true);
            at = mark.End;
        }

        if (at < Text.Length)
            yield return (Text[at..], false);
    }
}
