using System.Globalization;

namespace Cde.Kernels.Displays;

/// <summary>Arrays of two dimensions as they lie; of more, their shape and first values.</summary>
internal static class GridArrays
{
    /// <summary>The array; null for anything else.</summary>
    public static Node? Describe(object value, Description at)
    {
        if (value is not Array { Rank: > 1 } array)
            return null;
        var shape = string.Join(" x ", Enumerable.Range(0, array.Rank).Select(axis => array.GetLongLength(axis).ToString(CultureInfo.InvariantCulture)));
        var name = $"{TypeName.Of(array.GetType())}, {shape}";
        if (at.IsDeepest)
            return new Leaf(name, LeafKind.Muted);
        return array.Rank == 2 ? Table(array, name, at) : new Fold(name, Sequences.Of(FirstValues(array), at));
    }

    private static Grid Table(Array array, string name, Description at)
    {
        var height = Math.Min(array.GetLength(0), at.ItemLimit);
        var width = Math.Min(array.GetLength(1), DisplayLimits.Parts);
        var (firstRow, firstColumn) = (array.GetLowerBound(0), array.GetLowerBound(1));
        var rows = new List<Node?[]>(height);
        for (var i = 0; i < height; i++)
        {
            using var share = at.Budget.ForOneOf(height - i);
            var row = new Node?[1 + width];
            row[0] = Columns.Index(firstRow + i);
            for (var j = 0; j < width; j++)
                row[1 + j] = at.Part(array.GetValue(firstRow + i, firstColumn + j), width - j);
            rows.Add(row);
        }

        var isCut = height < array.GetLength(0) || width < array.GetLength(1);
        return new Grid(["#", .. Enumerable.Range(firstColumn, width).Select(column => column.ToString(CultureInfo.InvariantCulture))], rows)
        {
            Title = name,
            HasCaption = true,
            IsMatrix = true,
            Note = isCut ? $"the first {height} rows and {width} columns" : "",
        };
    }

    private static IEnumerable<object?> FirstValues(Array array)
    {
        foreach (var value in array)
            yield return value;
    }
}
