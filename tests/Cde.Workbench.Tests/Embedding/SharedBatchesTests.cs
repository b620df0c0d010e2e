using Cde.Testing;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Tests.Training.Distributed;

namespace Cde.Workbench.Tests.Embedding;

/// <summary>A corpus embedded by several processes: the matrix of one, bit for bit, and its cache.</summary>
public sealed class SharedBatchesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MemoryCorpus _corpus = new("shared", TextEmbedderTests.Texts(100).Select((text, row) => new Document($"d{row}", text)));

    private EmbedOptions Options => new() { MaxBatchTexts = 4, WindowTexts = 32 }; // four windows, the last of one batch

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Processes_embed_the_matrix_of_one_bit_for_bit_and_rank_0_has_it(int processes)
    {
        TinyModels.Load(_folder, "plain").Dispose();
        var alone = Embed(Options);
        var together = Ranks.Run(processes, group => Embed(Options with { Processes = group }));
        Assert.Equal(100, alone.Ids.Length);
        Assert.Equal(alone.Ids, together[0].Ids);
        Assert.Equal(alone.Values, together[0].Values);
        Assert.Equal((alone.Work!.Texts, alone.Work.Tokens, alone.Work.Batches), (together[0].Work!.Texts, together[0].Work!.Tokens, together[0].Work!.Batches));
        Assert.All(together[1..], other => Assert.Empty(other.Ids));
    }

    [Fact]
    public void What_is_cached_is_found_and_an_interrupted_run_of_one_is_resumed_by_two()
    {
        TinyModels.Load(_folder, "plain").Dispose();
        var alone = Embed(Options);
        var cache = new EmbeddingCache(_folder["cache"]);
        using (var stop = new CancellationTokenSource())
        {
            var progress = new CancelAfter(40, stop);
            Assert.ThrowsAny<OperationCanceledException>(() => Embed(Options with { Cache = cache }, progress, stop.Token));
        }

        var resumed = Ranks.Run(2, group => Embed(Options with { Cache = cache, Processes = group }))[0];
        var found = Ranks.Run(2, group => Embed(Options with { Cache = cache, Processes = group }))[0];

        Assert.Equal(alone.Values, resumed.Values);
        Assert.Equal(alone.Values, found.Values);
        Assert.InRange(resumed.Work!.Texts, 1, 60);
        Assert.Null(found.Work);
    }

    [Fact]
    public void Processes_with_other_texts_are_named()
    {
        TinyModels.Load(_folder, "plain").Dispose();
        var results = Ranks.TryRun(2, group => Embed(Options with { Processes = group, MaxTokens = group.Rank == 1 ? 5 : null }));
        Assert.All(results, result => Assert.Contains("rank 1 of 2 would embed something else than rank 0", Assert.IsType<CdeException>(result.Error).Message, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private Embedded Embed(EmbedOptions options, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using var model = Cde.Workbench.Models.EmbeddingModel.Load(_folder["plain 1"]);
        using var embedder = new TextEmbedder(model);
        using var matrix = embedder.EmbedAsync(_corpus, options, progress, cancellationToken).GetAwaiter().GetResult();
        return new Embedded([.. matrix.Ids], matrix.Rows(0, matrix.Count).ToArray(), matrix.Work);
    }

    private sealed record Embedded(string[] Ids, float[] Values, EmbeddingWork? Work);

    private sealed class CancelAfter(long texts, CancellationTokenSource stop) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
            if (value.Done >= texts)
                stop.Cancel();
        }
    }
}
