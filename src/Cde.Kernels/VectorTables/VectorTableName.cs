using System.Text.RegularExpressions;
using Cde.Workbench;

namespace Cde.Kernels.VectorTables;

/// <summary>
/// The name of a table of vectors: small letters, digits and underscores, so that it needs no quotes in SQL, with a schema in front where wanted.
/// </summary>
public sealed partial record VectorTableName
{
    /// <summary>The table, beside those it describes, that says of each what its vectors were made of.</summary>
    public const string Catalog = "cde_vectors";

    private const int MaxLength = 50; // PostgreSQL cuts names at 63 bytes, and ours get an ending while they are written
    private const string Rule = "small letters, digits and _, no digit first, at most 50 of them, with a schema and a dot in front where wanted";

    private VectorTableName(string schema, string table) => (Schema, Table) = (schema, table);

    /// <summary>The schema; empty for the first of the search path.</summary>
    public string Schema { get; }

    /// <summary>The name without the schema.</summary>
    public string Table { get; }

    /// <summary>The name as SQL writes it.</summary>
    public string Sql => Beside(Table);

    /// <summary>Where rows are gathered until the table is whole.</summary>
    public string StagingSql => Beside(Staging);

    /// <summary>The same without the schema.</summary>
    public string Staging => Table + "_writing";

    /// <summary>The catalog of the same schema, as SQL writes it.</summary>
    public string CatalogSql => Beside(Catalog);

    /// <summary>Reads a name.</summary>
    /// <exception cref="CdeException">It is none.</exception>
    public static VectorTableName Parse(string name)
    {
        var parts = name.Split('.');
        return parts.Length <= 2 && parts.All(part => part.Length <= MaxLength && Plain().IsMatch(part)) && parts[^1] != Catalog
            ? new(parts.Length == 2 ? parts[0] : "", parts[^1])
            : throw new CdeException($"\"{name}\" cannot name a table of vectors: {Rule}, and not {Catalog}");
    }

    /// <summary>A name made from a corpus' name: <c>dotnet-api/System.Text.Json</c> becomes <c>dotnet_api_system_text_json</c>.</summary>
    public static VectorTableName Of(string corpus)
    {
        var plain = Other().Replace(corpus.ToLowerInvariant(), "_").Trim('_');
        if (plain.Length == 0 || char.IsAsciiDigit(plain[0]))
            plain = "corpus_" + plain;
        return new("", plain.Length <= MaxLength ? plain : plain[^MaxLength..].TrimStart('_', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'));
    }

    private string Beside(string table) => Schema.Length > 0 ? $"{Schema}.\"{table}\"" : $"\"{table}\"";

    [GeneratedRegex(@"^[a-z_][a-z0-9_]*\z")]
    private static partial Regex Plain();

    [GeneratedRegex(@"[^a-z0-9]+")]
    private static partial Regex Other();
}
