namespace Cde.Workbench.Figures;

/// <summary>
/// A matrix of values as coloured cells, such as similarities of texts: rows and columns in a stated order, a fixed scale so that pictures
/// compare, cells marked that a rule names.
/// </summary>
/// <example>
/// <code>
/// new HeatMap { Title = "Batch", Values = cosines, RowNames = queries, ColumnNames = documents, Masks = [new("false negatives", isFalse)] }
/// </code>
/// </example>
public sealed record HeatMap : Figure
{
    /// <summary>The most rows, and columns, that are drawn.</summary>
    public const int MostLines = 1_024;

    /// <summary>The most cells that are drawn one by one; more are drawn as a picture inside the drawing.</summary>
    public const int MostShapes = 2_500;

    /// <summary>(rows, columns), finite.</summary>
    public required float[,] Values { get; init; }

    /// <summary>The rows' names. Empty: numbers.</summary>
    public IReadOnlyList<string> RowNames { get; init; } = [];

    /// <summary>The columns' names. Empty: numbers.</summary>
    public IReadOnlyList<string> ColumnNames { get; init; } = [];

    /// <summary>What the rows are. <value><c>row</c> by default.</value></summary>
    public string RowLabel { get; init; } = "row";

    /// <summary>What the columns are. <value><c>column</c> by default.</value></summary>
    public string ColumnLabel { get; init; } = "column";

    /// <summary>The rows from top to bottom, each once. Empty: as they stand.</summary>
    public IReadOnlyList<int> RowOrder { get; init; } = [];

    /// <summary>The columns from left to right, each once. Empty: as they stand.</summary>
    public IReadOnlyList<int> ColumnOrder { get; init; } = [];

    /// <summary>Each row's group; a line parts neighbours of different groups. Empty: no groups.</summary>
    public IReadOnlyList<int> RowGroups { get; init; } = [];

    /// <summary>Each column's group; a line parts neighbours of different groups. Empty: no groups.</summary>
    public IReadOnlyList<int> ColumnGroups { get; init; } = [];

    /// <summary>The scale's ends; values outside have the end's colour, and are counted. <value>-1 to 1 by default, as cosines; (0, 1) for shares.</value></summary>
    public (double From, double To) Scale { get; init; } = (-1, 1);

    /// <summary>What the values measure. <value><c>cosine</c> by default.</value></summary>
    public string ValueLabel { get; init; } = "cosine";

    /// <summary>The colours. <value>Diverging where the scale has 0 in its middle, else sequential.</value></summary>
    public HeatColours? Colours { get; init; }

    /// <summary>Cells to mark: false negatives, duplicates. Empty: none.</summary>
    public IReadOnlyList<HeatMask> Masks { get; init; } = [];

    /// <inheritdoc/>
    /// <exception cref="CdeException">A value that is not finite, lists that do not fit, or too many rows or columns.</exception>
    public override string ToSvg() => new HeatDrawing(new HeatContent(this)).ToSvg();

    /// <inheritdoc/>
    /// <exception cref="CdeException">A value that is not finite, lists that do not fit, or too many rows or columns.</exception>
    public override string ToHtml() => HeatHtml.Of(new HeatContent(this));

    /// <inheritdoc/>
    /// <exception cref="CdeException">A value that is not finite, lists that do not fit, or too many rows or columns.</exception>
    public override string ToPlotlyJson() => HeatPlotly.Of(new HeatContent(this));

    /// <inheritdoc/>
    /// <exception cref="CdeException">A value that is not finite, lists that do not fit, or too many rows or columns.</exception>
    public override string ToText() => HeatText.Of(new HeatContent(this));
}
