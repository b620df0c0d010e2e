using Cde.Kernels.Languages;

namespace Cde.Kernels.Displays;

/// <summary>What a database answered: its rows under the query's columns, NULL told from an empty text.</summary>
internal static class QueryDisplay
{
    private static readonly Leaf Null = new("NULL", LeafKind.Muted);

    /// <summary>The answer or one of its rows; null for anything else.</summary>
    public static Node? Describe(object value, Description at) => value switch
    {
        QueryTable table => Of(table, at),
        QueryRow row => new Fields("QueryRow", "", [.. row.Take(DisplayLimits.Parts).Select(part => new Field(part.Key, Cell(part.Value, at)))]),
        _ => null,
    };

    private static Grid Of(QueryTable table, Description at)
    {
        var columns = table.Columns.Names.Take(DisplayLimits.Parts).ToList();
        var rows = new List<Node?[]>();
        foreach (var row in table.Take(at.ItemLimit))
        {
            using var share = at.Budget.ForOneOf(Math.Min(at.ItemLimit, table.Count) - rows.Count);
            rows.Add([.. columns.Select((_, place) => Cell(row[place], at))]);
        }

        var count = $"{Shown.Count(table.TotalRows)} {(table.TotalRows == 1 ? "row" : "rows")}";
        return new Grid(columns, rows) { Title = $"QueryTable, {count}", Note = rows.Count < table.TotalRows ? $"the first {Shown.Count(rows.Count)} of {count}" : count };
    }

    private static Node Cell(object? value, Description at) => value is null ? Null : at.Part(value);
}
