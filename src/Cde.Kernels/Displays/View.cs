using Cde.Workbench.Figures;

namespace Cde.Kernels.Displays;

/// <summary>What a result looks like, independent of the host: blocks from top to bottom.</summary>
/// <param name="Blocks">The blocks.</param>
public sealed record View(params IReadOnlyList<Block> Blocks);

/// <summary>A part of a view.</summary>
public abstract record Block;

/// <summary>A paragraph.</summary>
/// <param name="Text">The text, without markup.</param>
public sealed record Paragraph(string Text) : Block;

/// <summary>A heading.</summary>
/// <param name="Text">The text, without markup.</param>
public sealed record Heading(string Text) : Block;

/// <summary>A table.</summary>
/// <param name="Columns">The columns; a name that begins with <c>&gt;</c> sets its column to the right.</param>
/// <param name="Rows">The rows, each as long as the columns.</param>
public sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : Block
{
    /// <summary>What the table shows, in one line; none where empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>A column's name without its mark.</summary>
    public string Header(int column) => Columns[column].TrimStart('>');

    /// <summary>Whether a column is set to the right: numbers.</summary>
    public bool IsRight(int column) => Columns[column].StartsWith('>');
}

/// <summary>A figure: drawn where something can be drawn, else in characters.</summary>
/// <param name="Figure">The figure.</param>
public sealed record Drawing(Figure Figure) : Block;
