namespace Cde.Kernels.Languages;

/// <summary>The names that could stand at a place of a statement, the likeliest first.</summary>
/// <param name="names">What there is.</param>
/// <param name="sources">The tables of the statement, by the name under which it knows them.</param>
internal sealed class SqlNames(CatalogNames names, IReadOnlyList<(string Name, CatalogTable Table)> sources)
{
    /// <summary>The names.</summary>
    /// <param name="sql">The text.</param>
    /// <param name="before">The statement's tokens up to the place.</param>
    /// <param name="prefix">What is typed of the name; keywords follow its letter case.</param>
    /// <param name="beforeTables">The keywords behind which a table stands.</param>
    public IEnumerable<CompletionEntry> At(string sql, IReadOnlyList<SqlToken> before, string prefix, IReadOnlySet<string> beforeTables)
    {
        if (before.Count > 1 && SqlSources.IsDot(sql, before[^1]) && SqlSources.IsName(before[^2]))
            return Behind(SqlSources.NameOf(sql, before[^2]));
        var tables = names.Tables.Where(table => table.IsVisible).Select(Table).Concat(Schemas());
        if (before.Count > 0 && before[^1].Kind == SqlTokenKind.Word && beforeTables.Contains(before[^1].In(sql).ToString()))
            return tables;
        var isUpper = prefix.Length > 0 && prefix.Equals(prefix.ToUpperInvariant(), StringComparison.Ordinal);
        return sources.SelectMany(source => source.Table.Columns.Select(column => Column(column, source.Table)))
            .Concat(sources.Where(source => source.Name != source.Table.Name).Select(source => new CompletionEntry(Quoted(source.Name), "class", source.Table.Name)))
            .Concat(names.Tables.Where(table => table.IsVisible && table.Schema != "pg_catalog").Select(Table))
            .Concat(names.Keywords.Select(word => new CompletionEntry(isUpper ? word.ToUpperInvariant() : word, "keyword")))
            .Concat(names.Functions.Select(name => new CompletionEntry(Quoted(name), "method")))
            .Concat(Schemas());
    }

    private IEnumerable<CompletionEntry> Behind(string qualifier)
    {
        var columns = sources.Where(source => source.Name == qualifier).SelectMany(source => source.Table.Columns.Select(column => Column(column, source.Table))).ToList();
        return columns.Count > 0 ? columns
            : names.Tables.Where(table => table.Schema == qualifier).Select(Table)
                .Concat(names.Tables.Where(table => table.Name == qualifier && table.IsVisible).SelectMany(table => table.Columns.Select(column => Column(column, table))));
    }

    private IEnumerable<CompletionEntry> Schemas() => names.Tables.Select(table => table.Schema).Distinct().Select(schema => new CompletionEntry(Quoted(schema), "module", "schema"));

    private static CompletionEntry Table(CatalogTable table) => new(Quoted(table.Name), "class", table.Comment.Length > 0 ? $"{table.Kind}: {table.Comment}" : table.Kind);

    private static CompletionEntry Column(CatalogColumn column, CatalogTable table) =>
        new(Quoted(column.Name), "property", $"{table.Name}: {column.Type}{(column.Comment.Length > 0 ? " - " + column.Comment : "")}");

    /// <summary>The name as a statement writes it: in quotes where PostgreSQL would fold or refuse it.</summary>
    private static string Quoted(string name) =>
        name.Length > 0 && (char.IsAsciiLetterLower(name[0]) || name[0] == '_') && name.All(sign => char.IsAsciiLetterLower(sign) || char.IsAsciiDigit(sign) || sign == '_')
            ? name : '"' + name.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
}
