using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Cde.Workbench;

namespace Cde.Kernels.Languages;

/// <summary>A row of a query's result: its values by column, null where the database has NULL.</summary>
public sealed class QueryRow : IReadOnlyDictionary<string, object?>
{
    private readonly QueryColumns _columns;
    private readonly object?[] _values;

    internal QueryRow(QueryColumns columns, object?[] values) => (_columns, _values) = (columns, values);

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _columns.Names;

    /// <inheritdoc/>
    public IEnumerable<object?> Values => _values;

    /// <inheritdoc/>
    public int Count => _values.Length;

    /// <summary>The value of a column.</summary>
    /// <exception cref="CdeException">There is no such column; the message names the nearest.</exception>
    public object? this[string key] => _values[_columns.IndexOf(key)];

    /// <summary>The value of a column by its place, from 0.</summary>
    public object? this[int column] => _values[column];

    /// <summary>The value of a column as a type.</summary>
    /// <exception cref="CdeException">There is no such column.</exception>
    /// <exception cref="InvalidCastException">The value is of another type, or NULL where the type has no null.</exception>
    public T Get<T>(string column) => (T)this[column]!;

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _columns.TryFind(key, out _);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        var found = _columns.TryFind(key, out var place);
        value = found ? _values[place] : null;
        return found;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _columns.Names.Zip(_values, KeyValuePair.Create).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
