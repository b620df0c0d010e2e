using Cde.Kernels.Tests.Languages.Sql;
using Cde.Kernels.VectorTables;
using Cde.Workbench;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Embedding.Exports;
using Cde.Workbench.Search;

namespace Cde.Kernels.Tests.VectorTables;

[Collection(PostgresCollection.Name)]
public sealed class VectorTableTests(PostgresServer postgres)
{
    private const int Dimension = 24;
    private static readonly EmbeddingProvenance Made = new()
    {
        ModelName = "made-up",
        ModelHash = "model",
        ContextHash = "context",
        CorpusName = "numbers",
        CorpusHash = "corpus",
        Prompt = "document",
        PromptText = "a 'prompt': \\",
        Precision = "float32",
        ComputePath = "cpu/none",
        MaxTokens = 512,
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_written_is_found_as_exact_search_finds_it(bool isPgvector)
    {
        await using var server = await OpenAsync();
        using var documents = Vectors(700, seed: 1);
        using var queries = Vectors(10, seed: 2, "q");
        var name = VectorTableName.Parse(isPgvector ? "round_trip_pgvector" : "round_trip");
        await new VectorTableWriter(server, name).WriteAsync(Join(documents), null, default);
        if (isPgvector)
            await StandInForPgvectorAsync(server);

        var table = await VectorTable.OpenAsync(server, name, default);
        Assert.Equal("vector(24)", table.PgvectorType);
        table.PgvectorType = "vector"; // the stand-in takes no width

        Assert.Equal((Dimension, 700L), (table.Dimension, table.Count));
        Assert.Equal(Made, table.Provenance);
        var run = ExactSearch.Search(queries, documents, 20);
        for (var query = 0; query < queries.Count; query++)
        {
            var found = await table.SearchAsync(queries[query].ToArray(), 20, [], default);
            Assert.Equal(run[$"q{query}"].Select(document => document.DocumentId), found.Select(row => row.Id));
            Assert.All(run[$"q{query}"].Zip(found), pair => Assert.Equal((float)pair.First.Score, pair.Second.Score, 1e-6f));
            Assert.Equal(Enumerable.Range(1, 20), found.Select(row => (int)row.Rank));
            Assert.Equal("text of \"ü\t\n" + found[0].Id, found[0].Text);
        }
    }

    [Fact]
    public async Task Stored_numbers_are_those_that_were_written_and_provenance_is_a_row()
    {
        await using var server = await OpenAsync();
        using var documents = Vectors(3, seed: 3);
        await new VectorTableWriter(server, VectorTableName.Parse("numbers")).WriteAsync(Join(documents), null, default);

        for (var row = 0; row < 3; row++)
            Assert.Equal(documents[row].ToArray(), await server.ValueAsync<float[]>($"SELECT vector FROM numbers WHERE id = 'd{row}'", default));
        Assert.Equal("made-up model context numbers corpus 3", await server.ValueAsync<string>(
            "SELECT concat_ws(' ', model, model_hash, context_hash, corpus, corpus_hash, rows) FROM cde_vectors WHERE table_name = 'numbers'", default));
    }

    [Fact]
    public async Task Wanted_documents_come_with_their_true_rank_and_ties_go_by_id_descending()
    {
        await using var server = await OpenAsync();
        using var documents = EmbeddingMatrix.FromRows(["a", "B", "ä", "far"], [1, 0, 1, 0, 1, 0, -1, 0], 2, Made);
        var name = VectorTableName.Parse("ties");
        await new VectorTableWriter(server, name).WriteAsync(Join(documents), null, default);
        var table = await VectorTable.OpenAsync(server, name, default);

        var found = await table.SearchAsync(new float[] { 1, 0 }, 1, ["far", "a", "nobody"], default);

        Assert.Equal([("ä", 1L), ("a", 2L), ("far", 4L)], found.Select(row => (row.Id, row.Rank)));
        Assert.Equal(["ä", "a", "B"], (await table.SearchAsync(new float[] { 1, 0 }, 3, [], default)).Select(row => row.Id));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task No_document_or_one_is_a_table(int count)
    {
        await using var server = await OpenAsync();
        using var documents = Vectors(count, seed: 4);
        var name = VectorTableName.Parse($"small_{count}");
        await new VectorTableWriter(server, name).WriteAsync(Join(documents), null, default);

        var table = await VectorTable.OpenAsync(server, name, default);

        Assert.Equal(count, (await table.SearchAsync(new float[Dimension], 10, ["d0"], default)).Count);
    }

    [Fact]
    public async Task A_stopped_run_leaves_the_old_table_and_the_next_one_goes_on()
    {
        await using var server = await OpenAsync();
        var name = VectorTableName.Parse("resumed");
        using var old = Vectors(5, seed: 5);
        await new VectorTableWriter(server, name).WriteAsync(Join(old), null, default);
        using var documents = Vectors(VectorTableWriter.ChunkRows + 100, seed: 6);
        var joined = Join(documents);
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new VectorTableWriter(server, name).WriteAsync(joined, new Now(stop.Cancel), stop.Token));

        await using var second = await OpenAsync();
        Assert.Equal(5, (await VectorTable.OpenAsync(second, name, default)).Count);
        Assert.Equal(VectorTableWriter.ChunkRows, await new VectorTableWriter(second, name).WriteAsync(joined, null, default));
        Assert.Equal(documents.Count, await second.ValueAsync<long>("SELECT count(*) FROM resumed", default));
        Assert.Equal((long)documents.Count, (await VectorTable.OpenAsync(second, name, default)).Count);
        Assert.False(await second.ValueAsync<bool>("SELECT to_regclass('resumed_writing') IS NOT NULL", default));
    }

    [Fact]
    public async Task Rows_of_other_vectors_are_not_gone_on_with()
    {
        await using var server = await OpenAsync();
        var name = VectorTableName.Parse("begun");
        using var first = Vectors(VectorTableWriter.ChunkRows + 1, seed: 7);
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new VectorTableWriter(server, name).WriteAsync(Join(first), new Now(stop.Cancel), stop.Token));
        using var other = EmbeddingMatrix.FromRows(["x"], [1], 1, Made with { ModelHash = "another" });
        await using var second = await OpenAsync();

        Assert.Equal(0, await new VectorTableWriter(second, name).WriteAsync(Join(other), null, default));

        Assert.Equal("x", await second.ValueAsync<string>("SELECT id FROM begun", default));
    }

    [Fact]
    public async Task One_table_is_written_by_one_run_at_a_time()
    {
        await using var first = await OpenAsync();
        await using var second = await OpenAsync();
        var name = VectorTableName.Parse("shared");
        await first.RunAsync("SELECT pg_advisory_lock(hashtextextended('cde \"shared\"', 0))", default);
        using var documents = Vectors(1, seed: 8);

        var error = await Assert.ThrowsAsync<CdeException>(() => new VectorTableWriter(second, name).WriteAsync(Join(documents), null, default));

        Assert.Contains("another run writes the table \"shared\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_of_somebody_else_is_left_alone()
    {
        await using var server = await OpenAsync();
        await server.RunAsync("CREATE TABLE letters (body text); INSERT INTO letters VALUES ('dear')", default);
        using var documents = Vectors(1, seed: 9);
        var name = VectorTableName.Parse("letters");

        Assert.Contains("that no export wrote", (await Assert.ThrowsAsync<CdeException>(() => new VectorTableWriter(server, name).WriteAsync(Join(documents), null, default))).Message, StringComparison.Ordinal);

        Assert.Equal("dear", await server.ValueAsync<string>("SELECT body FROM letters", default));
        Assert.Contains("has no table of vectors \"letters\"", (await Assert.ThrowsAsync<CdeException>(() => VectorTable.OpenAsync(server, name, default))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_cannot_be_stored_is_named()
    {
        await using var server = await OpenAsync();
        using var documents = EmbeddingMatrix.FromRows(["good", "bad"], [1, 1], 1, Made);
        using var corpus = new MemoryCorpus("texts", [new("good", "a"), new("bad", "b\0c")]);

        var error = await Assert.ThrowsAsync<CdeException>(() =>
            new VectorTableWriter(server, VectorTableName.Parse("nul")).WriteAsync(DocumentVectors.Join(documents, corpus), null, default));

        Assert.Equal("document \"bad\" (row 1) holds the character U+0000, which PostgreSQL cannot store; take it out of the corpus", error.Message);
    }

    [Fact]
    public async Task A_vector_of_another_width_is_named()
    {
        await using var server = await OpenAsync();
        using var documents = Vectors(2, seed: 10);
        var name = VectorTableName.Parse("changed");
        await new VectorTableWriter(server, name).WriteAsync(Join(documents), null, default);
        await server.RunAsync("UPDATE changed SET vector = vector[1:3] WHERE id = 'd1'", default);
        var table = await VectorTable.OpenAsync(server, name, default);

        var error = await Assert.ThrowsAsync<CdeException>(() => table.SearchAsync(new float[Dimension], 2, [], default));

        Assert.Contains("the vector of \"d1\" has 3 numbers (cde_vectors says 24)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_table_names_the_nearest_known()
    {
        await using var server = await OpenAsync();
        using var documents = Vectors(1, seed: 11);
        await new VectorTableWriter(server, VectorTableName.Parse("planets")).WriteAsync(Join(documents), null, default);

        var error = await Assert.ThrowsAsync<CdeException>(() => VectorTable.OpenAsync(server, VectorTableName.Parse("planet"), default));

        Assert.Contains("did you mean planets?", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgresql://me:hunter2@127.0.0.1:1/x")]
    [InlineData("Host=127.0.0.1;Port=1;Password=hunter2;Username=me;Database=x")]
    public async Task Without_a_server_one_line_says_so_without_the_password(string address)
    {
        var error = await Assert.ThrowsAsync<CdeException>(() => VectorServer.OpenAsync(address, default));

        Assert.StartsWith("cannot connect to me@127.0.0.1:1/x: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    private async Task<VectorServer> OpenAsync()
    {
        postgres.SkipWithout();
        return await VectorServer.OpenAsync(postgres.Trusted, default);
    }

    // The type and operator of pgvector that the statement uses, by a domain: it has the spelling of the extension and its order, not its speed.
    private static async Task StandInForPgvectorAsync(VectorServer server)
    {
        Assert.False(server.HasPgvector);
        await server.RunAsync(
            """
            CREATE DOMAIN vector AS real[];
            CREATE FUNCTION negative_inner_product(real[], real[]) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT -sum(a * b)::float8 FROM unnest($1, $2) AS pair (a, b)';
            CREATE OPERATOR <#> (LEFTARG = real[], RIGHTARG = real[], FUNCTION = negative_inner_product)
            """,
            default);
        server.HasPgvector = true;
    }

    private static EmbeddingMatrix Vectors(int count, int seed, string prefix = "d")
    {
        var random = new Random(seed);
        var values = Enumerable.Range(0, count * Dimension).Select(_ => (float)((2 * random.NextDouble()) - 1)).ToArray();
        return EmbeddingMatrix.FromRows([.. Enumerable.Range(0, count).Select(row => $"{prefix}{row}")], values, Dimension, Made);
    }

    private static DocumentVectors Join(EmbeddingMatrix matrix) =>
        DocumentVectors.Join(matrix, new MemoryCorpus("numbers", [.. matrix.Ids.Select(id => new Document(id, "text of \"ü\t\n" + id))]));

    private sealed class Now(Action report) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => report();
    }
}
