using System.Text;
using System.Text.Json;
using Cde.Workbench;
using Cde.Workbench.Embedding.Exports;
using Npgsql;
using NpgsqlTypes;

namespace Cde.Kernels.VectorTables;

/// <summary>
/// Writes vectors into a table: <c>position integer</c>, <c>id text</c> (the primary key, ordered by bytes), <c>text text</c>, <c>vector real[]</c>. Rows go through COPY in
/// binary, some thousands a transaction, into a table of another name; one last transaction puts it in the place of the old one and notes
/// in <c>cde_vectors</c> what the vectors were made of. Until then readers see the old table. A run that was stopped leaves what it had, and the
/// next one of the same vectors goes on from there.
/// </summary>
/// <param name="server">The server.</param>
/// <param name="name">The table.</param>
public sealed class VectorTableWriter(VectorServer server, VectorTableName name)
{
    /// <summary>Rows a transaction.</summary>
    public const int ChunkRows = 4096;

    /// <summary>Writes the table.</summary>
    /// <param name="documents">What to write.</param>
    /// <param name="progress">Told after each transaction.</param>
    /// <param name="cancellation">Stops between transactions.</param>
    /// <returns>How many rows an earlier run had written already.</returns>
    /// <exception cref="CdeException">Another run writes the table, it is none of ours, a text cannot be stored, or the server refuses.</exception>
    public async Task<int> WriteAsync(DocumentVectors documents, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var provenance = documents.Matrix.Provenance.ToMetadata();
        var key = ContentHash.OfText(string.Join('\n', provenance.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}={entry.Value}")
            .Append($"{documents.Count} x {documents.Matrix.Dimension}")));
        return await server.UseAsync(
            async _ =>
            {
                await LockAsync(cancellation).ConfigureAwait(false);
                try
                {
                    await PrepareAsync(cancellation).ConfigureAwait(false);
                    var done = await ResumeAsync(key, documents.Count, cancellation).ConfigureAwait(false);
                    for (var row = done; row < documents.Count; row += ChunkRows)
                    {
                        await CopyAsync(documents, row, Math.Min(ChunkRows, documents.Count - row), cancellation).ConfigureAwait(false);
                        progress?.Report(new WorkProgress("writing rows", Math.Min(row + ChunkRows, documents.Count), documents.Count, "documents"));
                    }

                    await FinishAsync(documents, JsonSerializer.Serialize(provenance), cancellation).ConfigureAwait(false);
                    return done;
                }
                finally
                {
                    await UnlockAsync().ConfigureAwait(false);
                }
            },
            "what was there is unchanged; run again, it goes on").ConfigureAwait(false);
    }

    private NpgsqlParameter Lock => new("lock", $"cde {name.Sql}");

    private async Task LockAsync(CancellationToken cancellation)
    {
        if (!await server.ValueAsync<bool>("SELECT pg_try_advisory_lock(hashtextextended(@lock, 0))", cancellation, Lock).ConfigureAwait(false))
            throw new CdeException($"{server.Title}: another run writes the table {name.Sql}; wait until it ends, or name another --table");
    }

    private async Task UnlockAsync()
    {
        // The lock ends with the connection, where that is broken.
        if (server.Connection.State == System.Data.ConnectionState.Open)
            await server.RunAsync("SELECT pg_advisory_unlock(hashtextextended(@lock, 0))", CancellationToken.None, Lock).ConfigureAwait(false);
    }

    private async Task PrepareAsync(CancellationToken cancellation)
    {
        await server.RunAsync(
            $"""
            CREATE TABLE IF NOT EXISTS {name.CatalogSql} (
                table_name text PRIMARY KEY, dimension integer NOT NULL, rows bigint NOT NULL, model text NOT NULL, model_hash text NOT NULL,
                context_hash text, corpus text NOT NULL, corpus_hash text NOT NULL, provenance jsonb NOT NULL, written_at timestamptz NOT NULL DEFAULT now())
            """,
            cancellation).ConfigureAwait(false);
        var isForeign = await server.ValueAsync<bool>(
            $"SELECT to_regclass(@table) IS NOT NULL AND NOT EXISTS (SELECT FROM {name.CatalogSql} WHERE table_name = @name)",
            cancellation, new("table", name.Sql), new("name", name.Table)).ConfigureAwait(false);
        if (isForeign)
            throw new CdeException($"{server.Title} has a table {name.Sql} that no export wrote, which would be replaced; name another --table");
    }

    /// <summary>How many rows of the same vectors are there from an earlier run; the table for them is made where there is none.</summary>
    private async Task<int> ResumeAsync(string key, int count, CancellationToken cancellation)
    {
        var found = await server.ValueAsync<string>("SELECT obj_description(to_regclass(@table), 'pg_class')", cancellation, new NpgsqlParameter("table", name.StagingSql)).ConfigureAwait(false);
        if (found == key)
        {
            // Whole transactions in order: n rows are the first n.
            var done = await server.ValueAsync<long>($"SELECT count(*) FROM {name.StagingSql}", cancellation).ConfigureAwait(false);
            if (done <= count)
                return (int)done;
        }

        await server.RunAsync(
            $"""
            DROP TABLE IF EXISTS {name.StagingSql};
            CREATE TABLE {name.StagingSql} (position integer NOT NULL, id text COLLATE "C" NOT NULL, text text NOT NULL, vector real[] NOT NULL);
            COMMENT ON TABLE {name.StagingSql} IS '{key}'
            """,
            cancellation).ConfigureAwait(false);
        return 0;
    }

    private async Task CopyAsync(DocumentVectors documents, int start, int count, CancellationToken cancellation)
    {
        var importer = await server.Connection.BeginBinaryImportAsync(
            $"COPY {name.StagingSql} (position, id, text, vector) FROM STDIN (FORMAT BINARY)", cancellation).ConfigureAwait(false);
        await using (importer.ConfigureAwait(false))
        {
            for (var row = start; row < start + count; row++)
            {
                await importer.StartRowAsync(cancellation).ConfigureAwait(false);
                await importer.WriteAsync(row, NpgsqlDbType.Integer, cancellation).ConfigureAwait(false);
                await importer.WriteAsync(Storable(documents.Id(row), documents, row), NpgsqlDbType.Text, cancellation).ConfigureAwait(false);
                await importer.WriteAsync(Storable(documents.Text(row), documents, row), NpgsqlDbType.Text, cancellation).ConfigureAwait(false);
                await importer.WriteAsync(documents.Matrix[row].ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Real, cancellation).ConfigureAwait(false);
            }

            await importer.CompleteAsync(cancellation).ConfigureAwait(false);
        }
    }

    private async Task FinishAsync(DocumentVectors documents, string provenance, CancellationToken cancellation)
    {
        var made = documents.Matrix.Provenance;
        await using var transaction = await server.Connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        await server.RunAsync(
            $"""
            ALTER TABLE {name.StagingSql} ADD CONSTRAINT "{name.Staging}_pkey" PRIMARY KEY (id);
            DROP TABLE IF EXISTS {name.Sql};
            ALTER TABLE {name.StagingSql} RENAME CONSTRAINT "{name.Staging}_pkey" TO "{name.Table}_pkey";
            ALTER TABLE {name.StagingSql} RENAME TO "{name.Table}";
            COMMENT ON TABLE {name.Sql} IS 'document vectors; {VectorTableName.Catalog} says what they were made of';
            """,
            cancellation).ConfigureAwait(false);
        await server.RunAsync(
            $"""
            INSERT INTO {name.CatalogSql} (table_name, dimension, rows, model, model_hash, context_hash, corpus, corpus_hash, provenance)
            VALUES (@name, @dimension, @rows, @model, @modelHash, @contextHash, @corpus, @corpusHash, @provenance)
            ON CONFLICT (table_name) DO UPDATE SET (dimension, rows, model, model_hash, context_hash, corpus, corpus_hash, provenance, written_at)
                = (excluded.dimension, excluded.rows, excluded.model, excluded.model_hash, excluded.context_hash, excluded.corpus, excluded.corpus_hash, excluded.provenance, now())
            """,
            cancellation,
            new("name", name.Table), new("dimension", documents.Matrix.Dimension), new("rows", (long)documents.Count), new("model", made.ModelName), new("modelHash", made.ModelHash),
            new("contextHash", NpgsqlDbType.Text) { Value = (object?)made.ContextHash ?? DBNull.Value }, new("corpus", made.CorpusName), new("corpusHash", made.CorpusHash),
            new("provenance", NpgsqlDbType.Jsonb) { Value = provenance }).ConfigureAwait(false);
        await transaction.CommitAsync(cancellation).ConfigureAwait(false);
    }

    private static string Storable(string text, DocumentVectors documents, int row)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
            throw new CdeException($"document \"{documents.Id(row).Replace('\0', ' ')}\" (row {row}) holds the character U+0000, which PostgreSQL cannot store; take it out of the corpus");
        return text.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar) && !text.Contains('\uFFFD', StringComparison.Ordinal)
            ? throw new CdeException($"document \"{documents.Id(row)}\" (row {row}) holds half a character, which PostgreSQL cannot store; repair the corpus")
            : text;
    }
}
