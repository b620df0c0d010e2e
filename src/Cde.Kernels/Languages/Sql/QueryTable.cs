using System.Collections;
using System.Data;
using Cde.Workbench;

namespace Cde.Kernels.Languages;

/// <summary>
/// A query's result: a list of rows, with the columns they have. A plain object without a connection: it can be kept, shared with other
/// languages (JSON: a list of objects) and turned into a <see cref="DataTable"/>.
/// </summary>
public sealed class QueryTable : IReadOnlyList<QueryRow>
{
    private readonly IReadOnlyList<QueryRow> _rows;

    /// <summary>A result.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">The values of each row, in the columns' order.</param>
    /// <param name="totalRows">How many rows the query gave, those that were not kept included.</param>
    public QueryTable(QueryColumns columns, IEnumerable<object?[]> rows, long totalRows)
    {
        Columns = columns;
        _rows = [.. rows.Select(row => new QueryRow(columns, row))];
        TotalRows = totalRows;
    }

    /// <summary>The columns.</summary>
    public QueryColumns Columns { get; }

    /// <summary>How many rows the query gave; more than <see cref="Count"/> where the limit cut it.</summary>
    public long TotalRows { get; }

    /// <summary>Whether rows are missing: the query gave more than the limit of its cell.</summary>
    public bool IsCut => TotalRows > Count;

    /// <summary>How many rows there are.</summary>
    public int Count => _rows.Count;

    /// <summary>A row, from 0.</summary>
    public QueryRow this[int index] => _rows[index];

    /// <summary>The values of a column.</summary>
    /// <typeparam name="T">Their type; a nullable one where the column has NULLs.</typeparam>
    /// <exception cref="CdeException">There is no such column.</exception>
    /// <exception cref="InvalidCastException">A value is of another type, or NULL where the type has no null.</exception>
    public IReadOnlyList<T> Column<T>(string name)
    {
        var place = Columns.IndexOf(name);
        return [.. _rows.Select(row => (T)row[place]!)];
    }

    /// <summary>The result as ADO.NET's table, NULL as <see cref="DBNull"/>. The caller owns it.</summary>
    public DataTable ToDataTable()
    {
        var table = new DataTable();
        foreach (var column in Columns)
            table.Columns.Add(column.Name, column.Type);
        foreach (var row in _rows)
            table.Rows.Add([.. row.Values.Select(value => value ?? DBNull.Value)]);
        return table;
    }

    /// <inheritdoc/>
    public IEnumerator<QueryRow> GetEnumerator() => _rows.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => $"{Count} rows of {string.Join(", ", Columns.Names)}";
}
