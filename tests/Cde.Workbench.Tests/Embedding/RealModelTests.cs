using System.Numerics.Tensors;
using Cde.Testing;
using Cde.Workbench.Contexts;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Models;
using Cde.Workbench.Search;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Embedding;

/// <summary>Embedding with loaded models instead of stand-ins.</summary>
[Collection(LiveTensors.Name)]
public sealed class RealModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MemoryCorpus _corpus = Letters("own", 60, seed: 1);

    public static TheoryData<string> Kinds => ["plain", "prefix", "full", "prefix, 2 vectors a document"];

    public static TheoryData<string> ContextualKinds => ["prefix", "full", "prefix, 2 vectors a document"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task EmbedAsync_batches_change_no_vector_beyond_rounding(string kind)
    {
        using var model = TinyModels.Load(_folder, kind);
        using var embedder = await Embedder(model);
        using var together = await embedder.EmbedAsync(_corpus);
        using var alone = await embedder.EmbedAsync(_corpus, new EmbedOptions { MaxBatchTexts = 1, WindowTexts = 7 });
        for (var row = 0; row < _corpus.Count; row++)
            Assert.True(TensorPrimitives.Distance(together[row], alone[row]) < 1e-5, $"row {row}");
        Assert.True(TensorPrimitives.Distance(together[0], together[1]) > 1e-3, "different texts must have different vectors");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task EmbedAsync_twice_gives_the_same_bits(string kind)
    {
        using var model = TinyModels.Load(_folder, kind);
        using var embedder = await Embedder(model);
        using var first = await embedder.EmbedAsync(_corpus);
        using var second = await embedder.EmbedAsync(_corpus);
        Assert.Equal(first.Rows(0, 60).ToArray(), second.Rows(0, 60).ToArray());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task EmbedAsync_bfloat16_is_near_float32_and_says_so(string kind)
    {
        using var model = TinyModels.Load(_folder, kind);
        using var rounded = TinyModels.Load(_folder, kind, precision: ScalarType.BFloat16);
        using var embedder = await Embedder(model);
        using var roundedEmbedder = await Embedder(rounded);
        using var exact = await embedder.EmbedAsync(_corpus);
        using var near = await roundedEmbedder.EmbedAsync(_corpus);
        Assert.Equal(("float32", "bfloat16"), (exact.Provenance.Precision, near.Provenance.Precision));
        for (var row = 0; row < _corpus.Count; row++)
            Assert.InRange(TensorPrimitives.Dot(exact[row], near[row]), 0.99f, 1.00001f);
    }

    [Theory]
    [MemberData(nameof(ContextualKinds))]
    public async Task EmbedAsync_own_wrong_and_null_context_give_three_kinds_of_vectors(string kind)
    {
        using var model = TinyModels.Load(_folder, kind);
        using var wrongCorpus = Letters("wrong", 30, seed: 99);
        CorpusContext[] contexts =
        [
            await ContextBuilder.BuildAsync(model, _corpus, new RandomSampler()),
            await ContextBuilder.BuildAsync(model, wrongCorpus, new RandomSampler()),
            CorpusContext.Null(model),
        ];
        var rows = new List<float[]>();
        foreach (var context in contexts)
        {
            using var embedder = new ContextualEmbedder(model, context);
            using var matrix = await embedder.EmbedAsync(_corpus);
            rows.Add(matrix[0].ToArray());
        }

        Assert.True(TensorPrimitives.Distance<float>(rows[0], rows[1]) > 1e-5);
        Assert.True(TensorPrimitives.Distance<float>(rows[0], rows[2]) > 1e-5);
    }

    [Theory]
    [MemberData(nameof(ContextualKinds))]
    public async Task Load_context_saved_by_another_run_embeds_to_the_same_bits(string kind)
    {
        using var model = TinyModels.Load(_folder, kind);
        var context = await ContextBuilder.BuildAsync(model, _corpus, new RandomSampler(), seed: 2);
        Assert.Equal(TinyModels.ContextSize, context.Size);
        context.Save(_folder["context"]);
        using var before = new ContextualEmbedder(model, context);
        using var after = new ContextualEmbedder(model, CorpusContext.Load(_folder["context"]));
        using var expected = await before.EmbedAsync(_corpus);
        using var actual = await after.EmbedAsync(_corpus);
        Assert.Equal(expected.Rows(0, 60).ToArray(), actual.Rows(0, 60).ToArray());
    }

    [Fact]
    public async Task Constructor_context_of_other_weights_is_refused()
    {
        using var model = TinyModels.Load(_folder, "prefix", seed: 1);
        using var other = TinyModels.Load(_folder, "prefix", seed: 2);
        var context = await ContextBuilder.BuildAsync(model, _corpus, new RandomSampler());
        var failure = Assert.Throws<CdeException>(() => new ContextualEmbedder(other, context));
        Assert.Contains(ContentHash.Short(other.Hash), failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task EmbedAsync_interrupted_and_resumed_gives_the_bits_of_an_uninterrupted_run(string kind)
    {
        using var model = TinyModels.Load(_folder, kind);
        var options = new EmbedOptions { MaxBatchTexts = 4, WindowTexts = 24, Cache = new EmbeddingCache(_folder["cache"]) };
        using var stop = new CancellationTokenSource();
        using var embedder = await Embedder(model);
        var interrupt = new ProgressList { Then = report => { if (report.Done == 32) stop.Cancel(); } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => embedder.EmbedAsync(_corpus, options, interrupt, stop.Token));
        using var resumed = await embedder.EmbedAsync(_corpus, options);
        using var straight = await embedder.EmbedAsync(_corpus, options with { Cache = null });
        Assert.Equal(28, resumed.Work!.Texts);
        Assert.Equal(straight.Rows(0, 60).ToArray(), resumed.Rows(0, 60).ToArray());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Search_document_as_its_own_query_finds_itself(string kind)
    {
        using var model = TinyModels.Load(_folder, kind);
        using var embedder = await Embedder(model);
        using var documents = await embedder.EmbedAsync(_corpus);
        var asQueries = _corpus.Select(document => new Query(document.Id, document.FullText)).ToArray();
        using var queries = await embedder.EmbedAsync(asQueries, new EmbedOptions { PromptName = "document" });
        var run = ExactSearch.Search(queries, documents, 3);
        Assert.All(run, list => Assert.Equal(1, list.Value.Single(entry => entry.DocumentId == list.Key).Score, 1e-4));
    }

    [Theory]
    [InlineData("plain", false)]
    [InlineData("plain", true)]
    [InlineData("prefix", false)]
    [InlineData("prefix", true)]
    [InlineData("full", false)]
    [InlineData("full", true)]
    public async Task Model_context_embedding_and_search_leave_no_tensor(string kind, bool cancelled)
    {
        (await Embed(TinyModels.Load(_folder, kind), null))?.Dispose(); // what is made once for the process
        var before = LiveTensors.Settled;
        using var stop = new CancellationTokenSource();
        using (var matrix = await Embed(TinyModels.Load(_folder, kind), cancelled ? stop : null))
        {
            Assert.Equal(cancelled, matrix is null);
            Assert.Equal(before, LiveTensors.Count);
            if (matrix is not null)
                ExactSearch.Search(matrix, matrix, 5);
        }

        Assert.Equal(before, LiveTensors.Count);
    }

    public void Dispose()
    {
        _corpus.Dispose();
        _folder.Dispose();
    }

    private async Task<EmbeddingMatrix?> Embed(EmbeddingModel model, CancellationTokenSource? stop)
    {
        using (model)
        using (var embedder = await Embedder(model))
        {
            var progress = new ProgressList { Then = _ => stop?.Cancel() };
            try
            {
                return await embedder.EmbedAsync(_corpus, new EmbedOptions { MaxBatchTexts = 8 }, progress, stop?.Token ?? CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }
    }

    private async Task<ITextEmbedder> Embedder(EmbeddingModel model) => model.IsContextual
        ? new ContextualEmbedder(model, await ContextBuilder.BuildAsync(model, _corpus, new RandomSampler()))
        : new TextEmbedder(model);

    private static MemoryCorpus Letters(string name, int count, long seed)
    {
        var random = new SeededRandom(seed);
        string Word() => new([.. Enumerable.Range(0, 1 + random.Below(6)).Select(_ => (char)('a' + random.Below(26)))]);
        return new MemoryCorpus(name, Enumerable.Range(0, count).Select(row =>
            new Document($"{name}{row}", string.Join(' ', Enumerable.Range(0, 1 + random.Below(12)).Select(_ => Word())))));
    }
}
