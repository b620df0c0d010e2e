using Cde.Workbench;
using Cde.Workbench.Embedding;
using Npgsql;
using NpgsqlTypes;

namespace Cde.Kernels.VectorTables;

/// <summary>A table of vectors that <see cref="VectorTableWriter"/> wrote: exact search in SQL.</summary>
/// <remarks>
/// Scores are inner products, products and sums in double precision, rounded to float32; ties go by id descending as bytes, as everywhere. Sums run in another order than in
/// <see cref="Workbench.Search.ExactSearch"/>, so that a score may differ from its in the last place. Where the database has pgvector, its operator picks
/// the candidates, <see cref="Spare"/> more than asked for, and their exact scores decide; an index that somebody made over <c>(vector::vector(d))</c> then makes the
/// search as approximate as that index is.
/// </remarks>
public sealed class VectorTable
{
    /// <summary>How many candidates more than asked for pgvector picks: its float32 sums may confuse neighbours.</summary>
    public const int Spare = 64;

    private const string Score = "(SELECT coalesce(sum(pair.a::float8 * pair.b), 0) FROM unnest(vector, @query) AS pair (a, b))::real";
    private readonly VectorServer _server;
    private readonly VectorTableName _name;

    private VectorTable(VectorServer server, VectorTableName name, int dimension, long count, EmbeddingProvenance provenance) =>
        (_server, _name, Dimension, Count, Provenance, PgvectorType) = (server, name, dimension, count, provenance, $"vector({dimension})");

    /// <summary>d: the width of the vectors.</summary>
    public int Dimension { get; }

    /// <summary>N: how many rows there are.</summary>
    public long Count { get; }

    /// <summary>What the vectors were made of.</summary>
    public EmbeddingProvenance Provenance { get; }

    /// <summary>The type that pgvector's operator takes: with its width, so that an index over this expression is used.</summary>
    internal string PgvectorType { get; set; }

    /// <summary>Opens a table.</summary>
    /// <param name="server">The server, which stays the caller's.</param>
    /// <param name="name">The table.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="CdeException">There is no such table of vectors, or its provenance cannot be read.</exception>
    public static Task<VectorTable> OpenAsync(VectorServer server, VectorTableName name, CancellationToken cancellation) => server.UseAsync(
        async connection =>
        {
            if (!await server.ValueAsync<bool>("SELECT to_regclass(@table) IS NOT NULL AND to_regclass(@catalog) IS NOT NULL", cancellation, new("table", name.Sql), new("catalog", name.CatalogSql)).ConfigureAwait(false))
                throw Missing(server, name, await KnownAsync(server, name, cancellation).ConfigureAwait(false));
            await using var command = new NpgsqlCommand(
                $"SELECT dimension, rows, entry.key, entry.value FROM {name.CatalogSql}, jsonb_each_text(provenance) AS entry WHERE table_name = @name", connection)
            {
                Parameters = { new("name", name.Table) },
            };
            var (dimension, count, metadata) = (0, 0L, new Dictionary<string, string>(StringComparer.Ordinal));
            await using (var rows = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false))
            {
                while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
                    (dimension, count, metadata[rows.GetString(2)]) = (rows.GetInt32(0), rows.GetInt64(1), rows.GetString(3));
            }

            if (metadata.Count == 0)
                throw Missing(server, name, await KnownAsync(server, name, cancellation).ConfigureAwait(false));
            return new VectorTable(server, name, dimension, count, EmbeddingProvenance.FromMetadata(metadata, $"{server.Title} table {name.Sql}"));
        },
        "export again");

    /// <summary>The best documents for a vector, best first, and some that are wanted whatever their rank.</summary>
    /// <param name="query">d numbers.</param>
    /// <param name="top">How many documents.</param>
    /// <param name="also">Ids of further documents to rank; their ranks take the exact scores of all rows.</param>
    /// <param name="cancellation">Stops the query on the server.</param>
    /// <exception cref="CdeException">The server refused, or the stored vectors are not as wide as the table says.</exception>
    public Task<IReadOnlyList<FoundRow>> SearchAsync(ReadOnlyMemory<float> query, int top, IReadOnlyList<string> also, CancellationToken cancellation) => _server.UseAsync(
        async connection =>
        {
            await using var command = new NpgsqlCommand(also.Count > 0 ? WithRanks() : _server.HasPgvector ? WithPgvector() : WithSql(), connection);
            command.Parameters.Add(new("query", NpgsqlDbType.Array | NpgsqlDbType.Double) { Value = query.ToArray().Select(value => (double)value).ToArray() });
            command.Parameters.Add(new("top", top));
            if (also.Count > 0)
                command.Parameters.Add(new("also", also.ToArray()));
            else if (_server.HasPgvector)
                command.Parameters.Add(new("near", NpgsqlDbType.Array | NpgsqlDbType.Real) { Value = query.ToArray() });
            var found = new List<FoundRow>();
            await using var rows = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
            {
                if (rows.GetInt32(4) != Dimension)
                    throw new CdeException($"{_server.Title} table {_name.Sql}: the vector of \"{rows.GetString(0)}\" has {rows.GetInt32(4)} numbers ({VectorTableName.Catalog} says {Dimension}); export again");
                found.Add(new FoundRow(rows.GetString(0), rows.GetString(1), rows.GetFloat(2), rows.GetInt64(3)));
            }

            return (IReadOnlyList<FoundRow>)found;
        },
        "see that the table is as the export wrote it, or export again");

    private string WithSql() =>
        $"""
        SELECT id, text, score, row_number() OVER (ORDER BY score DESC, id DESC), coalesce(array_length(vector, 1), 0)
        FROM (SELECT id, text, vector, {Score} AS score FROM {_name.Sql}) AS scored ORDER BY score DESC, id DESC LIMIT @top
        """;

    private string WithPgvector() =>
        $"""
        WITH near AS MATERIALIZED (SELECT id, text, vector FROM {_name.Sql} ORDER BY vector::{PgvectorType} <#> @near::{PgvectorType} LIMIT @top + {Spare})
        SELECT id, text, score, row_number() OVER (ORDER BY score DESC, id DESC), coalesce(array_length(vector, 1), 0)
        FROM (SELECT id, text, vector, {Score} AS score FROM near) AS scored ORDER BY score DESC, id DESC LIMIT @top
        """;

    private string WithRanks() =>
        $"""
        SELECT id, text, score, rank, coalesce(array_length(vector, 1), 0)
        FROM (SELECT id, text, vector, score, row_number() OVER (ORDER BY score DESC, id DESC) AS rank
              FROM (SELECT id, text, vector, {Score} AS score FROM {_name.Sql}) AS scored) AS ranked
        WHERE rank <= @top OR id = ANY(@also) ORDER BY rank
        """;

    private static async Task<IReadOnlyList<string>> KnownAsync(VectorServer server, VectorTableName name, CancellationToken cancellation) =>
        await server.ValueAsync<bool>("SELECT to_regclass(@catalog) IS NOT NULL", cancellation, new NpgsqlParameter("catalog", name.CatalogSql)).ConfigureAwait(false)
            ? await server.ValueAsync<string[]>($"SELECT array_agg(table_name ORDER BY table_name) FROM {name.CatalogSql}", cancellation).ConfigureAwait(false) ?? []
            : [];

    private static CdeException Missing(VectorServer server, VectorTableName name, IReadOnlyList<string> known) => new(
        $"{server.Title} has no table of vectors {name.Sql}; " + (known.Count > 0 ? NearestNames.Suggest(name.Table, known) : "write one with export postgresql"));
}

/// <summary>A row that a search in SQL found.</summary>
/// <param name="Id">The document.</param>
/// <param name="Text">Its text.</param>
/// <param name="Score">The inner product.</param>
/// <param name="Rank">Its rank among all rows, from 1.</param>
public sealed record FoundRow(string Id, string Text, float Score, long Rank);
