using Cde.Workbench.Contexts;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;

namespace Cde.Workbench.Tests.Embedding;

[Collection(LiveTensors.Name)]
public sealed class ContextualEmbedderTests
{
    [Fact]
    public async Task EmbedAsync_conditions_on_the_context()
    {
        var encoder = StandInEncoder.Contextual();
        using var own = new ContextualEmbedder(encoder, await Context(encoder, "apples", "pears"));
        using var other = new ContextualEmbedder(encoder, await Context(encoder, "stars", "planets"));
        using var none = new ContextualEmbedder(encoder, CorpusContext.Null(encoder));
        using var a = await own.EmbedAsync(["text"]);
        using var b = await other.EmbedAsync(["text"]);
        using var c = await none.EmbedAsync(["text"]);
        Assert.NotEqual(a[0].ToArray(), b[0].ToArray());
        Assert.NotEqual(a[0].ToArray(), c[0].ToArray());
        Assert.Equal(3, new[] { a, b, c }.Select(matrix => matrix.Provenance.ContextHash).Distinct().Count());
        Assert.Equal(own.Context.Hash, a.Provenance.ContextHash);
    }

    [Fact]
    public async Task EmbedAsync_documents_and_queries_prepares_the_context_once()
    {
        var encoder = StandInEncoder.Contextual();
        using var embedder = new ContextualEmbedder(encoder, await Context(encoder, "apples", "pears"));
        using var documents = await embedder.EmbedAsync(["one", "two"]);
        using var queries = await embedder.EmbedAsync([new Query("q", "one")]);
        Assert.Equal(1, encoder.Preparations);
        Assert.Equal(documents.Provenance.ContextHash, queries.Provenance.ContextHash);
    }

    [Fact]
    public async Task EmbedAsync_positions_of_the_context_count_against_the_token_budget()
    {
        var encoder = StandInEncoder.Contextual();
        using var embedder = new ContextualEmbedder(encoder, CorpusContext.Null(encoder));
        using var matrix = await embedder.EmbedAsync(["a", "b", "c", "d"], new EmbedOptions { TokenBudget = 16 });
        Assert.Equal(2, encoder.LongestBatch); // prompt, text and two special tokens are 4, the stand-in's prefix 3; 2 x 7 fit into 16
    }

    [Fact]
    public async Task Constructor_context_of_another_model_is_refused_by_both_names()
    {
        var maker = StandInEncoder.Contextual(hash: "aaaa");
        var context = await Context(maker, "apples");
        var failure = Assert.Throws<CdeException>(() => new ContextualEmbedder(StandInEncoder.Contextual(hash: "bbbb"), context));
        Assert.Contains("aaaa", failure.Message, StringComparison.Ordinal);
        Assert.Contains("bbbb", failure.Message, StringComparison.Ordinal);
        Assert.Contains("build it again", failure.Message, StringComparison.Ordinal);
        Assert.Throws<CdeException>(() => new ContextualEmbedder(StandInEncoder.Contextual(hash: "bbbb"), CorpusContext.Null(maker)));
    }

    [Fact]
    public void Constructor_plain_model_is_refused()
    {
        var context = CorpusContext.Null(StandInEncoder.Contextual());
        Assert.Contains("takes no context", Assert.Throws<CdeException>(() => new ContextualEmbedder(new StandInEncoder(), context)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Dispose_after_a_run_leaves_no_tensor(bool cancelled)
    {
        using var stop = new CancellationTokenSource();
        var encoder = StandInEncoder.Contextual();
        var context = await Context(encoder, "apples", "pears");
        var before = LiveTensors.Settled;
        var embedder = new ContextualEmbedder(encoder, context);
        if (cancelled)
            encoder.BeforeBatch = _ => stop.Cancel();
        var run = embedder.EmbedAsync(TextEmbedderTests.Texts(20), new EmbedOptions { MaxBatchTexts = 2 }, cancellationToken: stop.Token);
        if (cancelled)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        else
            (await run).Dispose();
        Assert.Equal(before + 1, LiveTensors.Count); // the prepared context, until it is disposed
        embedder.Dispose();
        Assert.Equal(before, LiveTensors.Count);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => embedder.EmbedAsync(["x"]));
    }

    private static Task<CorpusContext> Context(StandInEncoder encoder, params string[] texts) => ContextBuilder.BuildAsync(
        encoder, new MemoryCorpus("fruit", texts.Select(text => new Document(text, text))), new RandomSampler());
}
