using Cde.Workbench.Contexts;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Tests.Embedding;

namespace Cde.Workbench.Tests.Contexts;

[Collection(LiveTensors.Name)]
public sealed class ContextBuilderTests : IDisposable
{
    private readonly MemoryCorpus _corpus = new("letters", "abcdefghij".Select(letter => new Document($"{letter}", $"text {letter} {new string(letter, 3)}")));

    [Theory]
    [InlineData(1, 1000)]
    [InlineData(3, 1000)]
    [InlineData(2, 1)]
    public async Task BuildAsync_vectors_stand_in_the_order_of_the_sample(int tokensPerDocument, int tokenBudget)
    {
        var encoder = StandInEncoder.Contextual(tokensPerDocument: tokensPerDocument);
        var context = await ContextBuilder.BuildAsync(encoder, _corpus, new RandomSampler(), seed: 3, options: new EmbedOptions { TokenBudget = tokenBudget });
        Assert.Equal(new RandomSampler().Sample(10, 6, 3).Select(_corpus.GetId), context.DocumentIds);
        var size = tokensPerDocument * encoder.Dimension;
        Assert.Equal(6 * size, context.Vectors.Length);
        for (var slot = 0; slot < 6; slot++)
        {
            using var one = new MemoryCorpus("one", [_corpus[_corpus.IndexOf(context.DocumentIds[slot])]]);
            var alone = await ContextBuilder.BuildAsync(encoder, one, new RandomSampler(), size: 1);
            Assert.Equal(alone.Vectors.ToArray(), context.Vectors.Slice(slot * size, size).ToArray());
        }
    }

    [Fact]
    public async Task BuildAsync_small_corpus_encodes_each_document_once_and_fills_every_slot()
    {
        using var two = new MemoryCorpus("two", [new Document("a", "one"), new Document("b", "two")]);
        var encoder = StandInEncoder.Contextual(contextSize: 5);
        var context = await ContextBuilder.BuildAsync(encoder, two, new RandomSampler());
        Assert.Equal(2, encoder.Texts);
        Assert.Equal(5, context.Size);
        Assert.InRange(context.DocumentIds.Count(id => id == "a"), 2, 3);
        var vectors = context.DocumentIds.Select((id, slot) => (id, Vector: string.Join(' ', context.Vectors.Slice(slot * 8, 8).ToArray())));
        Assert.Equal(2, vectors.Distinct().Count());
    }

    [Fact]
    public async Task BuildAsync_documents_get_the_document_prompt()
    {
        var encoder = StandInEncoder.Contextual();
        var usual = await ContextBuilder.BuildAsync(encoder, _corpus, new RandomSampler());
        var named = await ContextBuilder.BuildAsync(encoder, _corpus, new RandomSampler(), options: new EmbedOptions { PromptName = "document" });
        var query = await ContextBuilder.BuildAsync(encoder, _corpus, new RandomSampler(), options: new EmbedOptions { PromptName = "query" });
        Assert.Equal(usual.Hash, named.Hash);
        Assert.NotEqual(usual.Vectors.ToArray(), query.Vectors.ToArray());
    }

    [Fact]
    public async Task BuildAsync_random_strings_needs_no_corpus()
    {
        var context = await ContextBuilder.BuildAsync(StandInEncoder.Contextual(), null, new RandomStringsSampler(), seed: 4);
        Assert.Equal(("random-strings", 4L, 6), (context.Sampler, context.Seed, context.Size));
        using var strings = new RandomStringsSampler().Source(null, 6, 4);
        Assert.Equal(strings.Hash, context.CorpusHash);
    }

    [Fact]
    public async Task BuildAsync_more_documents_than_the_model_takes_is_refused()
    {
        var failure = await Assert.ThrowsAsync<CdeException>(() => ContextBuilder.BuildAsync(StandInEncoder.Contextual(), _corpus, new RandomSampler(), size: 7));
        Assert.Contains("takes at most 6", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BuildAsync_plain_model_is_refused()
    {
        var failure = await Assert.ThrowsAsync<CdeException>(() => ContextBuilder.BuildAsync(new StandInEncoder(), _corpus, new RandomSampler()));
        Assert.Contains("takes no context", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BuildAsync_vector_that_is_not_finite_is_refused_by_document()
    {
        var encoder = StandInEncoder.Contextual();
        encoder.Corrupt = _ => float.NaN;
        var failure = await Assert.ThrowsAsync<CdeException>(() => ContextBuilder.BuildAsync(encoder, _corpus, new RandomSampler(), size: 1));
        Assert.Contains($"gave document \"{_corpus.GetId(new RandomSampler().Sample(10, 1, 0)[0])}\"", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task BuildAsync_however_it_ends_leaves_no_tensor(bool cancelled)
    {
        using var stop = new CancellationTokenSource();
        var encoder = StandInEncoder.Contextual();
        encoder.BeforeBatch = batch =>
        {
            if (cancelled && batch == 2)
                stop.Cancel();
        };
        var before = LiveTensors.Settled;
        var build = ContextBuilder.BuildAsync(
            encoder, _corpus, new RandomSampler(), options: new EmbedOptions { MaxBatchTexts = 2 }, cancellationToken: stop.Token);
        if (cancelled)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build);
        else
            Assert.Equal(6, (await build).Size);
        Assert.Equal(before, LiveTensors.Count);
        Assert.Equal(cancelled ? 2 : 3, encoder.Batches);
    }

    public void Dispose() => _corpus.Dispose();
}
