using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Training.Losses;
using FsCheck;
using FsCheck.Fluent;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Training.Losses;

[Collection(LiveTensors.Name)]
public sealed class ContrastiveLabelsTests
{
    private static readonly Arbitrary<(int Seed, int Count, int Negatives, int Threshold, bool InBatch)> Batches = (
        from seed in Gen.Choose(1, 100_000)
        from count in Gen.Choose(1, 6)
        from negatives in Gen.Choose(0, 3)
        from threshold in Gen.Choose(0, 10)
        from inBatch in ArbMap.Default.GeneratorFor<bool>()
        select (seed, count, negatives, threshold, inBatch)).ToArbitrary();

    [Fact]
    public void Labels_ofAnyBatch_neverExcludeAnAnswer_andFilterOnlyWhatTheGuideFindsClose() => Prop.ForAll(Batches, batch =>
    {
        using var scope = NewDisposeScope();
        var ids = new Random(batch.Seed).GetItems([7L, 8, 9], batch.Count);
        var (queries, documents) = (LossSamples.Normal(batch.Seed, batch.Count, 3), LossSamples.Normal(batch.Seed + 1, batch.Count * (1 + batch.Negatives), 3));
        using var labels = ContrastiveLabels.Of(ids, batch.Negatives, queries, documents, new() { Threshold = batch.Threshold / 10.0, UsesInBatchNegatives = batch.InBatch });
        var (relevant, excluded) = (labels.Relevant.data<bool>().ToArray(), labels.Excluded.data<bool>().ToArray());
        var scores = VectorScores.Matrix(queries, documents, Workbench.Search.Similarity.Cosine).data<double>().ToArray();
        var columns = batch.Count * (1 + batch.Negatives);
        for (var i = 0; i < batch.Count; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                var isDocument = j < batch.Count;
                var isSame = ids[i] == ids[isDocument ? j : (j - batch.Count) / batch.Negatives];
                var score = scores[i * columns + j];
                var close = batch.Threshold == 10 ? score >= scores[i * columns + i] : batch.Threshold > 0 && score >= batch.Threshold / 10.0;
                var expected = isDocument && isSame ? false
                    : batch.InBatch ? close && !(isSame && !isDocument)
                    : close || !isSame;
                Assert.Equal(isDocument && isSame, relevant[i * columns + j]);
                Assert.Equal(expected, excluded[i * columns + j]);
            }
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Labels_leaveTwoTensors_andNoneOnceDisposed()
    {
        using var scope = NewDisposeScope();
        var (queries, documents) = (ones(2, 3), ones(4, 3));
        var before = LiveTensors.Settled;

        var labels = ContrastiveLabels.Of([1, 2], 1, queries, documents);
        Assert.Equal(before + 2, LiveTensors.Count);
        labels.Dispose();

        Assert.Equal(before, LiveTensors.Count);
    }

    [Fact]
    public void Labels_ofGuideVectorsThatDoNotFit_areRefused()
    {
        using var scope = NewDisposeScope();

        Assert.Throws<ArgumentException>(() => ContrastiveLabels.Of([1, 2], 1, ones(2, 3), ones(3, 3)));
    }
}
