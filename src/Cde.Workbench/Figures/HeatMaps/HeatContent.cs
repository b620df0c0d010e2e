using System.Globalization;

namespace Cde.Workbench.Figures;

/// <summary>A heat map's data, checked and in order.</summary>
internal sealed class HeatContent
{
    /// <summary>Checks a heat map.</summary>
    /// <exception cref="CdeException">A value that is not finite, lists that do not fit, or too many rows or columns.</exception>
    public HeatContent(HeatMap map)
    {
        Map = map;
        (Rows, Columns) = (map.Values.GetLength(0), map.Values.GetLength(1));
        if (Math.Max(Rows, Columns) > HeatMap.MostLines)
            throw Wrong($"{Rows:N0} rows and {Columns:N0} columns are too many to see; draw {HeatMap.MostLines:N0} of each at most");
        if (!(map.Scale.To > map.Scale.From) || !double.IsFinite(map.Scale.To - map.Scale.From))
            throw Wrong(FormattableString.Invariant($"the scale from {map.Scale.From} to {map.Scale.To} is empty; it goes from the smaller to the larger"));
        CheckList("RowNames", map.RowNames.Count, Rows);
        CheckList("ColumnNames", map.ColumnNames.Count, Columns);
        CheckList("RowGroups", map.RowGroups.Count, Rows);
        CheckList("ColumnGroups", map.ColumnGroups.Count, Columns);
        (RowOrder, ColumnOrder) = (Order("RowOrder", map.RowOrder, Rows), Order("ColumnOrder", map.ColumnOrder, Columns));
        foreach (var mask in map.Masks)
        {
            if (mask.Cells.GetLength(0) != Rows || mask.Cells.GetLength(1) != Columns)
                throw Wrong($"mask {mask.Name} has {mask.Cells.GetLength(0)} x {mask.Cells.GetLength(1)} cells for {Rows} x {Columns} values");
        }

        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                var value = map.Values[row, column];
                if (!float.IsFinite(value))
                    throw Wrong(FormattableString.Invariant($"the value of {RowName(row)} and {ColumnName(column)} is {value}: values are finite numbers; leave the row out, or look at its vector"));
                Outside += value < map.Scale.From - 1e-6 || value > map.Scale.To + 1e-6 ? 1 : 0;
            }
        }
    }

    /// <summary>The heat map.</summary>
    public HeatMap Map { get; }

    /// <summary>How many rows there are.</summary>
    public int Rows { get; }

    /// <summary>How many columns there are.</summary>
    public int Columns { get; }

    /// <summary>The rows from top to bottom.</summary>
    public IReadOnlyList<int> RowOrder { get; }

    /// <summary>The columns from left to right.</summary>
    public IReadOnlyList<int> ColumnOrder { get; }

    /// <summary>How many values lie outside the scale.</summary>
    public int Outside { get; }

    /// <summary>The value at a place of the picture.</summary>
    public float At(int row, int column) => Map.Values[RowOrder[row], ColumnOrder[column]];

    /// <summary>A row's name, or its number.</summary>
    public string RowName(int row) => Map.RowNames.Count > 0 ? Map.RowNames[row] : string.Create(CultureInfo.InvariantCulture, $"{Map.RowLabel} {row}");

    /// <summary>A column's name, or its number.</summary>
    public string ColumnName(int column) => Map.ColumnNames.Count > 0 ? Map.ColumnNames[column] : string.Create(CultureInfo.InvariantCulture, $"{Map.ColumnLabel} {column}");

    private int[] Order(string name, IReadOnlyList<int> order, int count)
    {
        if (order.Count == 0)
            return [.. Enumerable.Range(0, count)];
        if (!order.Order().SequenceEqual(Enumerable.Range(0, count)))
            throw Wrong($"{name} is not an order of {count} lines: each number from 0 to {count - 1} stands in it once");
        return [.. order];
    }

    private void CheckList(string name, int count, int lines)
    {
        if (count != 0 && count != lines)
            throw Wrong($"{name} has {count} entries for {lines}; give one for each, or none");
    }

    private CdeException Wrong(string rule) => new($"heat map \"{Map.Title}\": {rule}");
}
