using System.Diagnostics;
using Npgsql;

namespace Cde.Kernels.Languages;

/// <summary>A column as the database knows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, as the database writes it.</param>
/// <param name="Comment">Its comment; may be empty.</param>
internal sealed record CatalogColumn(string Name, string Type, string Comment);

/// <summary>A table or view as the database knows it.</summary>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind"><c>table</c>, <c>view</c>, <c>materialized view</c> or <c>foreign table</c>.</param>
/// <param name="IsVisible">Whether its name alone finds it.</param>
/// <param name="Comment">Its comment; may be empty.</param>
/// <param name="Columns">Its columns.</param>
internal sealed record CatalogTable(string Schema, string Name, string Kind, bool IsVisible, string Comment, IReadOnlyList<CatalogColumn> Columns);

/// <summary>What there is in a database.</summary>
/// <param name="Tables">Tables and views, those of the system last.</param>
/// <param name="Functions">Functions of the search path.</param>
/// <param name="Keywords">The words of the language, in small letters.</param>
internal sealed record CatalogNames(IReadOnlyList<CatalogTable> Tables, IReadOnlyList<string> Functions, IReadOnlyList<string> Keywords);

/// <summary>Looks up what there is in a database, and keeps it for a while.</summary>
/// <param name="look">Lends a connection.</param>
internal sealed class SqlCatalog(Func<Func<NpgsqlConnection, Task>, CancellationToken, Task> look)
{
    /// <summary>How long names are believed that others may have changed.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    /// <summary>No person chooses among more.</summary>
    private const string Limit = "50000";

    private const string Relations =
        "SELECT n.nspname, c.relname, c.relkind::text, pg_table_is_visible(c.oid), coalesce(obj_description(c.oid, 'pg_class'), ''),"
        + " a.attname, format_type(a.atttypid, a.atttypmod), coalesce(col_description(c.oid, a.attnum), '')"
        + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        + " LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
        + " WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND n.nspname NOT LIKE 'pg\\_toast%' AND (n.nspname NOT LIKE 'pg\\_temp%' OR pg_table_is_visible(c.oid))"
        + " ORDER BY n.nspname IN ('pg_catalog', 'information_schema'), n.nspname, c.relname, a.attnum LIMIT " + Limit;

    private const string Functions =
        "SELECT DISTINCT proname FROM pg_proc WHERE pg_function_is_visible(oid) AND prorettype <> 'trigger'::regtype AND proname !~ '^(pg_|_)' ORDER BY 1 LIMIT " + Limit;

    private readonly SemaphoreSlim _reading = new(1);
    private volatile CatalogNames? _names;
    private long _read;

    /// <summary>What there is.</summary>
    /// <exception cref="NpgsqlException">It cannot be looked up now.</exception>
    public async Task<CatalogNames> GetAsync(CancellationToken cancellation)
    {
        await _reading.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_names is { } known && Stopwatch.GetElapsedTime(_read) < Lifetime)
                return known;
            CatalogNames? names = null;
            await look(async connection => names = await ReadAsync(connection, cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);
            (_names, _read) = (names, Stopwatch.GetTimestamp());
            return names!;
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Has the next question look again.</summary>
    public void Forget() => _names = null;

    private static async Task<CatalogNames> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var rows = new List<(string Schema, string Table, string Kind, bool IsVisible, string Comment, CatalogColumn? Column)>();
        await using (var command = new NpgsqlCommand(Relations, connection))
        await using (var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false))
        {
            while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
            {
                var column = reader.IsDBNull(5) ? null : new CatalogColumn(reader.GetString(5), reader.GetString(6), reader.GetString(7));
                rows.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetBoolean(3), reader.GetString(4), column));
            }
        }

        var tables = rows.GroupBy(row => (row.Schema, row.Table)).Select(group =>
        {
            var first = group.First();
            var kind = first.Kind switch { "v" => "view", "m" => "materialized view", "f" => "foreign table", _ => "table" };
            return new CatalogTable(first.Schema, first.Table, kind, first.IsVisible, first.Comment, [.. group.Select(row => row.Column).OfType<CatalogColumn>()]);
        }).ToList();
        return new(tables, await WordsAsync(connection, Functions, cancellation).ConfigureAwait(false),
            await WordsAsync(connection, "SELECT word FROM pg_get_keywords() ORDER BY 1", cancellation).ConfigureAwait(false));
    }

    private static async Task<List<string>> WordsAsync(NpgsqlConnection connection, string query, CancellationToken cancellation)
    {
        var words = new List<string>();
        await using var command = new NpgsqlCommand(query, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
            words.Add(reader.GetString(0));
        return words;
    }
}
