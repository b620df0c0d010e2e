using System.Collections;
using System.Globalization;
using Cde.Workbench;

namespace Cde.Kernels.Languages;

/// <summary>The columns of a query's result, each under a name of its own.</summary>
public sealed class QueryColumns : IReadOnlyList<QueryColumn>
{
    private readonly IReadOnlyList<QueryColumn> _columns;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <summary>Columns in order.</summary>
    /// <param name="columns">The columns. A name that stood before gets the first free number from 2.</param>
    public QueryColumns(IEnumerable<QueryColumn> columns)
    {
        var named = new List<QueryColumn>();
        foreach (var column in columns)
        {
            var name = column.Name;
            for (var number = 2; !_places.TryAdd(name, named.Count); number++)
                name = string.Create(CultureInfo.InvariantCulture, $"{column.Name}_{number}");
            named.Add(column with { Name = name });
        }

        _columns = named;
        Names = [.. named.Select(column => column.Name)];
    }

    /// <summary>The names in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <inheritdoc/>
    public int Count => _columns.Count;

    /// <inheritdoc/>
    public QueryColumn this[int index] => _columns[index];

    /// <summary>The place of a column, from 0. A name in other letter case will do where only one fits.</summary>
    /// <exception cref="CdeException">There is none of that name; the message names the nearest.</exception>
    public int IndexOf(string name) => TryFind(name, out var place)
        ? place
        : throw new CdeException($"the result has no column \"{name}\"; {NearestNames.Suggest(name, Names)}");

    /// <summary>The place of a column, from 0.</summary>
    /// <returns>Whether there is one of that name.</returns>
    public bool TryFind(string name, out int place)
    {
        if (_places.TryGetValue(name, out place))
            return true;
        var similar = _places.Where(entry => entry.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Take(2).ToList();
        place = similar.Count == 1 ? similar[0].Value : 0;
        return similar.Count == 1;
    }

    /// <inheritdoc/>
    public IEnumerator<QueryColumn> GetEnumerator() => _columns.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
