using Cde.Testing;
using Cde.Workbench.Contexts;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;

namespace Cde.Workbench.Tests.Embedding;

/// <summary>What a cache holds changes what a context costs, never what it is.</summary>
[Collection(LiveTensors.Name)]
public sealed class FirstStageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MemoryCorpus _corpus = new("texts", Enumerable.Range(0, 40).Select(i => new Document($"d{i}", string.Join(' ', Enumerable.Repeat($"{(char)('a' + (i % 26))}{(char)('a' + (i / 26))} c", 1 + (i * 7 % 11))))));

    private EmbedOptions Cached => new() { Cache = new EmbeddingCache(_folder["cache"]), MaxBatchTexts = 3 };

    [Fact]
    public async Task BuildAsync_documents_seen_before_are_not_computed_again()
    {
        var first = StandInEncoder.Contextual(contextSize: 20);
        var cold = await Build(first, Cached, seed: 1);
        Assert.Equal((20, 0, 20), (cold.Work!.Documents, cold.Work.Reused, first.Texts));

        var again = StandInEncoder.Contextual(contextSize: 20);
        var warm = await Build(again, Cached, seed: 1);
        Assert.Equal((20, 20, 0), (warm.Work!.Documents, warm.Work.Reused, again.Texts));

        var other = StandInEncoder.Contextual(contextSize: 20);
        var partly = await Build(other, Cached, seed: 2);
        var common = cold.DocumentIds.Intersect(partly.DocumentIds).Count();
        Assert.InRange(common, 1, 19);
        Assert.Equal((common, 20 - common), (partly.Work!.Reused, other.Texts));

        Assert.Equal((await Build(StandInEncoder.Contextual(contextSize: 20), new EmbedOptions(), seed: 2)).Hash, partly.Hash);
        Assert.Equal(cold.Hash, warm.Hash);
    }

    [Theory]
    [InlineData("prefix")]
    [InlineData("full")]
    [InlineData("prefix, 2 vectors a document")]
    public async Task BuildAsync_has_the_same_bits_whatever_the_cache_holds(string kind)
    {
        using var model = TinyModels.Load(_folder, kind);
        var bare = await Build(model, new EmbedOptions { MaxBatchTexts = 3 }, seed: 5);
        var cold = await Build(model, Cached, seed: 5);
        for (var seed = 6; seed < 9; seed++)
            await Build(model, Cached, seed);
        var warm = await Build(model, Cached, seed: 5);
        var partly = await Build(model, Cached, seed: 12);
        var fresh = await Build(model, new EmbedOptions { MaxBatchTexts = 3 }, seed: 12);
        Assert.Equal((bare.Hash, bare.Hash, fresh.Hash), (cold.Hash, warm.Hash, partly.Hash));
        Assert.Equal(bare.Vectors.ToArray(), warm.Vectors.ToArray());
        Assert.Equal(fresh.Vectors.ToArray(), partly.Vectors.ToArray());
        Assert.Equal(model.TokensPerDocument == 1 && Fused ? TinyModels.ContextSize : 0, warm.Work!.Reused);
    }

    [Fact]
    public async Task BuildAsync_vectors_that_depend_on_the_batch_are_not_kept()
    {
        var first = new StandInEncoder { IsContextual = true, ContextSize = 8, TokensPerDocument = 1, IsBatchInvariant = false };
        await Build(first, Cached, seed: 1);
        var context = await Build(first, Cached, seed: 1);
        Assert.Equal((0, 16), (context.Work!.Reused, first.Texts));
        Assert.False(Directory.Exists(_folder["cache"]));
    }

    [Fact]
    public async Task BuildAsync_another_prompt_model_or_length_is_computed()
    {
        await Build(StandInEncoder.Contextual(), Cached, seed: 1);
        Assert.Equal(0, (await Build(StandInEncoder.Contextual(), Cached with { PromptName = "query" }, seed: 1)).Work!.Reused);
        Assert.Equal(0, (await Build(StandInEncoder.Contextual(hash: "another"), Cached, seed: 1)).Work!.Reused);
        var shorter = await Build(StandInEncoder.Contextual(), Cached with { MaxTokens = 3 }, seed: 1);
        Assert.Equal((await Build(StandInEncoder.Contextual(), new EmbedOptions { MaxTokens = 3 }, seed: 1)).Hash, shorter.Hash);
    }

    [Fact]
    public async Task BuildAsync_stopped_on_the_way_keeps_what_it_has()
    {
        using var stop = new CancellationTokenSource();
        var first = StandInEncoder.Contextual(contextSize: 20);
        first.BeforeBatch = batch =>
        {
            if (batch == 3)
                stop.Cancel();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ContextBuilder.BuildAsync(first, _corpus, new RandomSampler(), seed: 1, options: Cached, cancellationToken: stop.Token));
        var again = await Build(StandInEncoder.Contextual(contextSize: 20), Cached, seed: 1);
        Assert.Equal(9, again.Work!.Reused);
    }

    [Fact]
    public async Task BuildAsync_vector_that_is_not_finite_is_not_kept()
    {
        var broken = StandInEncoder.Contextual();
        broken.Corrupt = _ => float.NaN;
        await Assert.ThrowsAsync<CdeException>(() => Build(broken, Cached, seed: 1));
        Assert.Equal(0, (await Build(StandInEncoder.Contextual(), Cached, seed: 1)).Work!.Reused);
    }

    public void Dispose()
    {
        _corpus.Dispose();
        _folder.Dispose();
    }

    private static bool Fused => Cde.Workbench.Models.FusedInference.Kernels(TorchSharp.torch.ScalarType.Float32) is not null;

    private Task<CorpusContext> Build(Cde.Workbench.Models.IEncoder encoder, EmbedOptions options, long seed) =>
        ContextBuilder.BuildAsync(encoder, _corpus, new RandomSampler(), seed: seed, options: options, cancellationToken: TestContext.Current.CancellationToken);
}
