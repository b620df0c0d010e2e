using Cde.Workbench.Models;
using Cde.Workbench.Models.Contextual;
using Cde.Workbench.Models.Layers;
using Cde.Workbench.Models.NomicBert;
using Cde.Workbench.Text;
using FsCheck;
using FsCheck.Fluent;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Models;

public sealed class ContextStatisticsTests
{
    private static readonly NomicBertConfig Config = new() { VocabularySize = 20, Width = 16, Layers = 1, Heads = 2, Inner = 256, MaxPositions = 64, TypeCount = 1 };

    [Fact]
    public void Statistics_count_a_document_once_for_each_of_its_ids()
    {
        var tokens = new TokenBatch([1, 1, 2, 2, 3, 1], [0, 3, 5, 6]);

        var statistics = ContextStatistics.Of(tokens, [0, 1, 1, 2], 5);

        Assert.Equal(3, statistics.Documents); // row 1 is named twice
        Assert.Equal([0, 2, 2, 1, 0], statistics.DocumentCounts.ToArray());
    }

    [Theory]
    [InlineData(0, 512, 0)]
    [InlineData(1, 512, 1)]
    [InlineData(2, 512, 2)]
    [InlineData(3, 512, 2)]
    [InlineData(512, 512, 10)]
    [InlineData(1, 1, 10)]
    [InlineData(1, 100_000, 1)]
    public void Bucket_is_the_logarithm_of_the_share(int count, int documents, int bucket) =>
        Assert.Equal(bucket, ContextStatistics.Bucket(count, documents));

    [Fact]
    public void Bucket_grows_with_the_count_and_never_means_unknown() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(1, 5_000).SelectMany(documents => Gen.Choose(0, documents - 1), (documents, count) => (documents, count)).ToArbitrary(),
        pair => ContextStatistics.Bucket(pair.count, pair.documents) <= ContextStatistics.Bucket(pair.count + 1, pair.documents)
            && ContextStatistics.Bucket(pair.count + 1, pair.documents) < ContextStatistics.Unknown));

    [Fact]
    public void Encoder_sees_which_words_are_common_and_ignores_those_the_text_does_not_have()
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var encoder = new BiEncoder(Config, new InitialWeights(1).Scope(""), usesStatistics: true);
        encoder.eval();
        var ids = tensor(new long[] { 1, 2, 3 }, [1, 3]);
        var mask = ones_like(ids);

        var common = Vector(counts => counts[2] = 4);

        Assert.NotEqual(common, Vector(counts => counts[2] = 0));
        Assert.Equal(common, Vector(counts => (counts[2], counts[9]) = (4, 4)));

        float[] Vector(Action<int[]> set)
        {
            var counts = new int[20];
            set(counts);
            return encoder.forward(ids, mask, new ContextStatistics(counts, 4).Buckets(CPU)).data<float>().ToArray();
        }
    }

    [Fact]
    public void Padding_counts_nothing_and_gradients_reach_both_parameters()
    {
        using var scope = NewDisposeScope();
        var encoder = new BiEncoder(Config, new InitialWeights(1).Scope(""), usesStatistics: true);
        using var buckets = new ContextStatistics([.. Enumerable.Range(0, 20).Select(id => id % 5)], 4).Buckets(CPU);
        var alone = encoder.forward(tensor(new long[] { 1, 2 }, [1, 2]), tensor(new long[] { 1, 1 }, [1, 2]), buckets);
        var padded = encoder.forward(tensor(new long[] { 1, 2, 0, 0 }, [1, 4]), tensor(new long[] { 1, 1, 0, 0 }, [1, 4]), buckets);

        Assert.True(alone.allclose(padded, atol: 1e-5));
        padded.sum().backward();
        var gradients = encoder.named_parameters().Where(entry => entry.name.StartsWith("context_statistics", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, gradients.Count);
        Assert.All(gradients, entry => Assert.True(entry.parameter.grad!.abs().sum().item<float>() > 0, entry.name));
    }
}
