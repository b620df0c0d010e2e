using System.Data;

namespace Cde.Kernels.Displays;

/// <summary>ADO.NET's tables, with the columns they declare.</summary>
internal static class DataTables
{
    /// <summary>The table, view, row or set of tables; null for anything else.</summary>
    public static Node? Describe(object value, Description at) => value switch
    {
        DataTable or DataView or DataRow or DataRowView or DataSet when at.IsDeepest => new Leaf(TypeName.Of(value.GetType()), LeafKind.Muted),
        DataTable table => Of(table, [.. table.Rows.Cast<DataRow>().Take(at.ItemLimit)], table.Rows.Count, at),
        DataView { Table: { } table } view => Of(table, [.. view.Cast<DataRowView>().Take(at.ItemLimit).Select(row => row.Row)], view.Count, at),
        DataRow row => new Fields("DataRow", "", [.. row.Table.Columns.Cast<DataColumn>().Take(DisplayLimits.Parts).Select(column =>
            new Field(column.ColumnName, Cell(row, column, at)))]),
        DataRowView row => Describe(row.Row, at),
        DataSet set => new Stack([.. set.Tables.Cast<DataTable>().Take(at.Limits.Items).Select(table => Describe(table, at)!)]),
        _ => null,
    };

    private static Grid Of(DataTable table, IReadOnlyList<DataRow> rows, int total, Description at)
    {
        var columns = table.Columns.Cast<DataColumn>().Take(DisplayLimits.Parts).ToList();
        var cells = new List<Node?[]>(rows.Count);
        foreach (var row in rows)
        {
            using var share = at.Budget.ForOneOf(rows.Count - cells.Count);
            cells.Add([.. columns.Select(column => Cell(row, column, at))]);
        }

        var name = table.TableName.Length > 0 ? table.TableName : "DataTable";
        var read = new Items([.. rows], total, rows.Count < total ? ItemsEnding.Limit : ItemsEnding.End);
        return new Grid([.. columns.Select(column => column.ColumnName)], cells) { Title = read.Title(name), HasCaption = table.TableName.Length > 0, Note = read.Note(at) };
    }

    private static Node Cell(DataRow row, DataColumn column, Description at)
    {
        var version = row.RowState == DataRowState.Deleted ? DataRowVersion.Original : DataRowVersion.Default;
        return at.Part(row[column, version] is var value && value != DBNull.Value ? value : null);
    }
}
