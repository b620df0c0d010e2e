namespace Cde.Kernels.Languages;

/// <summary>The tables that a statement names, with the short names it gives them.</summary>
internal static class SqlSources
{
    private static readonly HashSet<string> NoAlias = new(StringComparer.OrdinalIgnoreCase)
    {
        "WHERE", "ON", "USING", "JOIN", "INNER", "LEFT", "RIGHT", "FULL", "CROSS", "NATURAL", "LATERAL", "GROUP", "ORDER", "HAVING", "LIMIT",
        "OFFSET", "FETCH", "UNION", "INTERSECT", "EXCEPT", "SET", "VALUES", "SELECT", "RETURNING", "FROM", "WINDOW", "FOR", "DEFAULT", "WHEN", "AND", "OR",
    };

    /// <summary>Tables by the name under which their columns are found: the alias, or the table's own name.</summary>
    /// <param name="sql">The text.</param>
    /// <param name="tokens">The statement's tokens.</param>
    /// <param name="tables">What there is.</param>
    public static IReadOnlyList<(string Name, CatalogTable Table)> Of(string sql, IReadOnlyList<SqlToken> tokens, IReadOnlyList<CatalogTable> tables)
    {
        var byName = tables.ToLookup(table => table.Name, StringComparer.Ordinal);
        var found = new List<(string, CatalogTable)>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!IsName(tokens[i]) || byName[NameOf(sql, tokens[i])] is not { } candidates)
                continue;
            var hasSchema = i >= 2 && IsDot(sql, tokens[i - 1]) && IsName(tokens[i - 2]);
            var table = hasSchema
                ? candidates.FirstOrDefault(one => one.Schema == NameOf(sql, tokens[i - 2]))
                : candidates.FirstOrDefault(one => one.IsVisible);
            if (table is null || (i + 1 < tokens.Count && IsDot(sql, tokens[i + 1])))
                continue;
            var next = i + 1 < tokens.Count && tokens[i + 1].Is(sql, "AS") ? i + 2 : i + 1;
            var hasAlias = next < tokens.Count && IsName(tokens[next]) && !NoAlias.Contains(tokens[next].In(sql).ToString());
            found.Add((hasAlias ? NameOf(sql, tokens[next]) : table.Name, table));
        }

        return found;
    }

    /// <summary>Whether a token is a name, quoted or not.</summary>
    public static bool IsName(SqlToken token) => token.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName;

    /// <summary>Whether a token is the dot between two names.</summary>
    public static bool IsDot(string sql, SqlToken token) => token.Kind == SqlTokenKind.Sign && token.In(sql) is ".";

    /// <summary>The name that a token means: unquoted ones in small letters, as PostgreSQL folds them.</summary>
    public static string NameOf(string sql, SqlToken token) => token.Kind == SqlTokenKind.QuotedName
        ? token.In(sql).Trim('"').ToString().Replace("\"\"", "\"", StringComparison.Ordinal)
        : token.In(sql).ToString().ToLowerInvariant();
}
