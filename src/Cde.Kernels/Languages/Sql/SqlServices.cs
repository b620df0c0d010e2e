using Npgsql;

namespace Cde.Kernels.Languages;

/// <summary>What could stand and what stands in SQL, from the database's catalog.</summary>
/// <param name="catalog">The catalog.</param>
/// <param name="values">The values that <c>@name</c> finds.</param>
internal sealed class SqlServices(SqlCatalog catalog, Func<IReadOnlyList<Variable>> values)
{
    private const int MaxColumnsShown = 40;

    private static readonly HashSet<string> BeforeTables = new(StringComparer.OrdinalIgnoreCase) { "FROM", "JOIN", "INTO", "UPDATE", "TABLE", "ONLY", "ANALYZE", "VACUUM" };

    /// <summary>Whether the text is whole: strings, comments and parentheses are closed.</summary>
    public static Completeness Check(string code)
    {
        var tokens = SqlLexer.Read(code);
        var depth = tokens.Where(token => token.Kind == SqlTokenKind.Sign).Sum(token => code[token.Start] switch { '(' => 1, ')' => -1, _ => 0 });
        return new(depth < 0 ? CompletenessStatus.Invalid
            : depth > 0 || tokens.Any(token => !token.IsClosed) ? CompletenessStatus.Incomplete : CompletenessStatus.Complete);
    }

    /// <summary>What could stand at a position: values behind <c>@</c>, columns behind a dot, tables where tables stand, else all.</summary>
    public async Task<CompletionList> CompleteAsync(string code, int position, CancellationToken cancellation)
    {
        var start = position;
        while (start > 0 && SqlLexer.IsNamePart(code[start - 1]))
            start--;
        var end = position;
        while (end < code.Length && SqlLexer.IsNamePart(code[end]))
            end++;
        var tokens = SqlLexer.Read(code);
        if (tokens.Any(token => token.Kind is SqlTokenKind.Text or SqlTokenKind.Comment && token.Start < start && (token.End > start || (!token.IsClosed && token.End == start))))
            return CompletionList.None(position);
        var prefix = code[start..position];
        if (start > 0 && code[start - 1] == '@')
            return new(start, end, Named(prefix, values().Select(value => new CompletionEntry(value.Name, "value", value.Type.Name))));
        if (await NamesAsync(cancellation).ConfigureAwait(false) is not { } names)
            return CompletionList.None(position);

        var statement = SqlStatement.Split(code).LastOrDefault(one => one.Start <= position)?.Tokens ?? [];
        var before = statement.Where(token => token.End <= start).ToList();
        var sources = SqlSources.Of(code, [.. statement.Where(token => token.End <= start || token.Start >= end)], names.Tables);
        return new(start, end, Named(prefix, new SqlNames(names, sources).At(code, before, prefix, BeforeTables)));
    }

    /// <summary>What stands at a position: a table with its columns, a column with its type, a value.</summary>
    public async Task<Hover?> InspectAsync(string code, int position, CancellationToken cancellation)
    {
        var tokens = SqlLexer.Read(code);
        var token = tokens.FirstOrDefault(one => one.Start <= position && position <= one.End && (SqlSources.IsName(one) || one.Kind == SqlTokenKind.Parameter));
        if (token.Kind == SqlTokenKind.Parameter)
        {
            var name = token.In(code)[1..].ToString();
            return values().FirstOrDefault(value => value.Name == name) is { Name: not null } value ? new($"@{name}: {value.Type.Name}") : null;
        }

        if (!SqlSources.IsName(token) || token.End == 0 || await NamesAsync(cancellation).ConfigureAwait(false) is not { } names)
            return null;
        var word = SqlSources.NameOf(code, token);
        var statement = SqlStatement.Split(code).LastOrDefault(one => one.Start <= position)?.Tokens ?? [];
        var sources = SqlSources.Of(code, statement, names.Tables);
        var table = sources.FirstOrDefault(source => source.Name == word).Table ?? names.Tables.FirstOrDefault(one => one.Name == word && one.IsVisible);
        if (table is not null)
            return Describe(table);
        var columns = sources.Select(source => source.Table).Distinct().SelectMany(one => one.Columns.Where(column => column.Name == word).Select(column =>
            $"{one.Name}.{column.Name}: {column.Type}{(column.Comment.Length > 0 ? " - " + column.Comment : "")}")).ToList();
        return columns.Count > 0 ? new(string.Join('\n', columns)) : null;
    }

    /// <summary>Has the next question look at the catalog again.</summary>
    public void Forget() => catalog.Forget();

    private static List<CompletionEntry> Named(string prefix, IEnumerable<CompletionEntry> entries) =>
        [.. entries.Where(entry => entry.Text.TrimStart('"').StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).DistinctBy(entry => entry.Text)];

    private static Hover Describe(CatalogTable table)
    {
        var columns = table.Columns.Take(MaxColumnsShown).Select(column => $"  {column.Name}: {column.Type}{(column.Comment.Length > 0 ? " - " + column.Comment : "")}");
        var more = table.Columns.Count > MaxColumnsShown ? [$"  and {table.Columns.Count - MaxColumnsShown} more"] : Array.Empty<string>();
        return new(string.Join('\n', [$"{table.Kind} {table.Schema}.{table.Name}{(table.Comment.Length > 0 ? " - " + table.Comment : "")}", .. columns, .. more]));
    }

    private async Task<CatalogNames?> NamesAsync(CancellationToken cancellation)
    {
        try
        {
            return await catalog.GetAsync(cancellation).ConfigureAwait(false);
        }
        catch (NpgsqlException)
        {
            // The server is away, or has no connection to spare: a question while typing is no place to say so.
            return null;
        }
    }
}
