using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;

namespace Cde.Workbench.Tests.Embedding;

[Collection(LiveTensors.Name)]
public sealed class TextEmbedderTests
{
    [Fact]
    public async Task EmbedAsync_many_lengths_puts_every_vector_at_its_own_row()
    {
        var texts = Texts(100);
        using var embedder = new TextEmbedder(new StandInEncoder());
        using var together = await embedder.EmbedAsync(texts, new EmbedOptions { TokenBudget = 40, WindowTexts = 32 });
        for (var row = 0; row < texts.Length; row++)
        {
            using var alone = await embedder.EmbedAsync([texts[row]]);
            Assert.Equal(alone[0].ToArray(), together[row].ToArray());
            Assert.Equal($"{row}", together.Ids[row]);
        }
    }

    [Fact]
    public async Task EmbedAsync_any_text_gives_a_vector_of_length_one()
    {
        using var embedder = new TextEmbedder(new StandInEncoder());
        using var matrix = await embedder.EmbedAsync(Texts(50));
        for (var row = 0; row < matrix.Count; row++)
            Assert.Equal(1, System.Numerics.Tensors.TensorPrimitives.Norm(matrix[row]), 1e-5f);
    }

    [Fact]
    public async Task EmbedAsync_windows_and_batches_of_other_sizes_give_the_same_vectors()
    {
        using var embedder = new TextEmbedder(new StandInEncoder());
        using var one = await embedder.EmbedAsync(Texts(200));
        using var other = await embedder.EmbedAsync(Texts(200), new EmbedOptions { TokenBudget = 1, WindowTexts = 7 });
        using var third = await embedder.EmbedAsync(Texts(200), new EmbedOptions { MaxBatchTexts = 3, WindowCharacters = 100 });
        Assert.Equal(one.Rows(0, 200).ToArray(), other.Rows(0, 200).ToArray());
        Assert.Equal(one.Rows(0, 200).ToArray(), third.Rows(0, 200).ToArray());
    }

    [Fact]
    public async Task EmbedAsync_limits_bound_windows_and_batches()
    {
        var encoder = new StandInEncoder();
        using var embedder = new TextEmbedder(encoder);
        using var matrix = await embedder.EmbedAsync(Texts(100), new EmbedOptions { MaxBatchTexts = 5, WindowTexts = 8 });
        Assert.Equal(5, encoder.LongestBatch);
        Assert.Equal(25, encoder.Batches); // 12 windows of 8 and one of 4, the former in batches of 5 and 3
        Assert.Equal(25, matrix.Work!.Batches);
    }

    [Fact]
    public async Task EmbedAsync_window_of_characters_ends_before_the_text_that_would_pass_it()
    {
        var encoder = new StandInEncoder();
        using var embedder = new TextEmbedder(encoder);
        using var matrix = await embedder.EmbedAsync(["aaaa", "bbbb", "cc", "a text longer than a window", "d"], new EmbedOptions { WindowCharacters = 8 });
        Assert.Equal(4, encoder.Batches); // aaaa bbbb | cc | a text longer ... | d
    }

    [Fact]
    public async Task EmbedAsync_corpus_takes_full_texts_ids_and_the_document_prompt()
    {
        using var corpus = new MemoryCorpus("small", [new Document("x", "the text", "The title")]);
        using var embedder = new TextEmbedder(new StandInEncoder());
        using var matrix = await embedder.EmbedAsync(corpus);
        using var plain = new TextEmbedder(new StandInEncoder { Prompts = new Dictionary<string, string>() });
        using var same = await plain.EmbedAsync(["search_document: The title the text"]);
        Assert.Equal(same[0].ToArray(), matrix[0].ToArray());
        Assert.Equal(["x"], matrix.Ids);
        Assert.Equal(("small", corpus.Hash, "document", "search_document: "), (matrix.Provenance.CorpusName, matrix.Provenance.CorpusHash, matrix.Provenance.Prompt, matrix.Provenance.PromptText));
    }

    [Fact]
    public async Task EmbedAsync_queries_take_the_query_prompt_unless_another_is_named()
    {
        using var embedder = new TextEmbedder(new StandInEncoder());
        Query[] queries = [new("q1", "same words")];
        using var asQuery = await embedder.EmbedAsync(queries);
        using var asDocument = await embedder.EmbedAsync(queries, new EmbedOptions { PromptName = "document" });
        using var document = await embedder.EmbedAsync(["same words"]);
        Assert.NotEqual(asQuery[0].ToArray(), asDocument[0].ToArray());
        Assert.Equal(document[0].ToArray(), asDocument[0].ToArray());
        Assert.Equal("search_query: ", asQuery.Provenance.PromptText);
        Assert.Equal(["q1"], asQuery.Ids);
    }

    [Fact]
    public async Task EmbedAsync_model_with_split_identifiers_splits_the_text_and_not_the_prompt()
    {
        using var splitting = new TextEmbedder(new StandInEncoder
        {
            SplitIdentifiers = true,
            Prompts = new Dictionary<string, string> { ["document"] = "MyPrompt: " },
        });
        using var plain = new TextEmbedder(new StandInEncoder { Prompts = new Dictionary<string, string>() });
        using var split = await splitting.EmbedAsync(["XmlReaderSettings"]);
        using var expected = await plain.EmbedAsync(["MyPrompt: Xml Reader Settings"]);
        Assert.Equal(expected[0].ToArray(), split[0].ToArray());
    }

    [Fact]
    public async Task EmbedAsync_max_tokens_cuts_texts()
    {
        using var embedder = new TextEmbedder(new StandInEncoder { Prompts = new Dictionary<string, string>() });
        using var cut = await embedder.EmbedAsync(["one two three four"], new EmbedOptions { MaxTokens = 4 });
        using var same = await embedder.EmbedAsync(["one two"]);
        Assert.Equal(same[0].ToArray(), cut[0].ToArray());
        Assert.Equal(4, cut.Provenance.MaxTokens);
    }

    [Fact]
    public async Task EmbedAsync_padding_tax_is_reported_over_all_windows()
    {
        using var embedder = new TextEmbedder(new StandInEncoder { Prompts = new Dictionary<string, string>() });
        using var matrix = await embedder.EmbedAsync(["a", "b c d", "e", "f"], new EmbedOptions { WindowTexts = 2 });
        // Tokens with [1] and [2] around: 3 and 5, then 3 and 3.
        Assert.Equal(new EmbeddingWork(4, 14, 16, 2), matrix.Work);
        Assert.Equal(0.125, matrix.Work!.PaddingTax);
    }

    [Fact]
    public async Task EmbedAsync_above_the_memory_limit_goes_through_a_temporary_file_to_the_same_vectors()
    {
        using var embedder = new TextEmbedder(new StandInEncoder());
        using var inMemory = await embedder.EmbedAsync(Texts(500), new EmbedOptions { WindowTexts = 64 });
        using var inFile = await embedder.EmbedAsync(Texts(500), new EmbedOptions { WindowTexts = 64, MemoryBytes = 100 });
        Assert.Equal(inMemory.Rows(0, 500).ToArray(), inFile.Rows(0, 500).ToArray());
        Assert.Equal(inMemory.Ids, inFile.Ids);
    }

    [Fact]
    public async Task EmbedAsync_full_disk_under_the_temporary_file_is_told_with_the_way_out()
    {
        using var embedder = new TextEmbedder(new StandInEncoder { BeforeBatch = _ => throw new IOException("No space left on device") });
        var failure = await Assert.ThrowsAsync<CdeException>(() => embedder.EmbedAsync(["x"], new EmbedOptions { MemoryBytes = 0 }));
        Assert.Contains("temporary file: No space left on device; free some space in", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n")]
    public async Task EmbedAsync_empty_text_is_refused_by_row_and_id(string empty)
    {
        using var embedder = new TextEmbedder(new StandInEncoder());
        var failure = await Assert.ThrowsAsync<CdeException>(() => embedder.EmbedAsync([new Query("q7", "x"), new Query("q8", empty)]));
        Assert.Contains("queries: row 1 (id \"q8\") is empty", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EmbedAsync_vector_that_is_not_finite_is_refused_by_row_and_id()
    {
        using var embedder = new TextEmbedder(new StandInEncoder { Corrupt = _ => float.NaN });
        var failure = await Assert.ThrowsAsync<CdeException>(() => embedder.EmbedAsync([new Query("q7", "x")]));
        Assert.Contains("row 0 (id \"q7\") by stand-in in float32 is not finite", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EmbedAsync_unknown_prompt_offers_the_known_ones()
    {
        using var embedder = new TextEmbedder(new StandInEncoder());
        var failure = await Assert.ThrowsAsync<CdeException>(() => embedder.EmbedAsync(["x"], new EmbedOptions { PromptName = "querry" }));
        Assert.Contains("did you mean query?", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65)]
    public async Task EmbedAsync_length_that_the_model_does_not_take_is_refused(int maxTokens)
    {
        using var embedder = new TextEmbedder(new StandInEncoder());
        var failure = await Assert.ThrowsAsync<CdeException>(() => embedder.EmbedAsync(["x"], new EmbedOptions { MaxTokens = maxTokens }));
        Assert.Contains("takes 1 to 64", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_contextual_model_is_refused()
    {
        var failure = Assert.Throws<CdeException>(() => new TextEmbedder(StandInEncoder.Contextual()));
        Assert.Contains("given a context", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EmbedAsync_no_texts_gives_a_matrix_without_rows()
    {
        using var embedder = new TextEmbedder(new StandInEncoder());
        using var matrix = await embedder.EmbedAsync(Array.Empty<string>());
        Assert.Equal(0, matrix.Count);
    }

    [Fact]
    public async Task EmbedAsync_progress_rises_to_the_number_of_texts()
    {
        using var embedder = new TextEmbedder(new StandInEncoder());
        var seen = new ProgressList();
        using var matrix = await embedder.EmbedAsync(Texts(40), new EmbedOptions { WindowTexts = 16, MaxBatchTexts = 4 }, seen);
        Assert.Equal(Enumerable.Range(1, 10).Select(batch => 4L * batch), seen.Reports.Select(report => report.Done));
        Assert.All(seen.Reports, report => Assert.Equal(("embedding", 40L, "texts"), (report.Stage, report.Total, report.Unit)));
    }

    [Theory]
    [InlineData("to the end")]
    [InlineData("cancelled")]
    [InlineData("failing encoder")]
    [InlineData("vectors that are not finite")]
    public async Task EmbedAsync_however_it_ends_leaves_no_tensor(string ending)
    {
        using var stop = new CancellationTokenSource();
        var encoder = new StandInEncoder
        {
            BeforeBatch = batch =>
            {
                if (batch == 5 && ending == "cancelled")
                    stop.Cancel();
                if (batch == 5 && ending == "failing encoder")
                    throw new InvalidOperationException("out of memory");
            },
            Corrupt = x => ending == "vectors that are not finite" ? float.PositiveInfinity : x,
        };
        using var embedder = new TextEmbedder(encoder);
        var before = LiveTensors.Settled;
        var run = () => embedder.EmbedAsync(Texts(64), new EmbedOptions { MaxBatchTexts = 4 }, cancellationToken: stop.Token);
        if (ending == "to the end")
            (await run()).Dispose();
        else
            await Assert.ThrowsAnyAsync<Exception>(run);
        Assert.Equal(before, LiveTensors.Count);
        Assert.Equal(ending switch { "to the end" => 16, "vectors that are not finite" => 1, _ => 5 }, encoder.Batches);
    }

    internal static string[] Texts(int count)
    {
        var random = new SeededRandom(count);
        return [.. Enumerable.Range(0, count).Select(i => string.Join(' ', Enumerable.Range(0, 1 + random.Below(20)).Select(j => $"w{i}x{j}")))];
    }
}
