using Cde.Workbench.Training;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Training.Watching;

public sealed class BatchMetricsTests
{
    [Fact]
    public void Of_orthogonalDocumentsWithTheirOwnQueries_isPerfect()
    {
        using var scope = NewDisposeScope();
        var units = eye(6);

        var metrics = BatchMetrics.Of([units, units * 3], Batch(6), new(Diagonal(6)));

        Assert.Equal(1, metrics.Accuracy);
        Assert.Equal(0, metrics.Alignment!.Value, 1e-6);
        Assert.Equal(-4, metrics.Uniformity, 1e-5); // every squared distance is 2, and log exp(-2 * 2) = -4
        Assert.Equal(6, metrics.EffectiveRank, 1e-5);
        Assert.Equal((0.0, 0.0), (metrics.DuplicateRate!.Value, metrics.FalseNegativeRate!.Value));
        Assert.False(metrics.IsCollapsed);
    }

    [Fact]
    public void Of_documentsThatAreOnePoint_isACollapse()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var documents = ones([8, 4]) + 1e-3 * randn([8, 4]);

        var metrics = BatchMetrics.Of([randn([8, 4]), documents], Batch(8), new(Diagonal(8)));

        Assert.True(metrics.IsCollapsed);
        Assert.InRange(metrics.EffectiveRank, 1, 1.1);
        Assert.InRange(metrics.Uniformity, -0.01, 0);
    }

    [Fact]
    public void Of_randomDocuments_isNoCollapse()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);

        Assert.False(BatchMetrics.Of([randn([64, 32]), randn([64, 32])], Batch(64), new(Diagonal(64))).IsCollapsed);
    }

    [Fact]
    public void Of_duplicatesAndFalseNegatives_countsThem()
    {
        using var scope = NewDisposeScope();
        var batch = new TrainingBatch(0, [0, 1, 2, 3], [5, 5, 6, 7], []);
        var relevant = Diagonal(4);
        (relevant[1], relevant[4]) = (true, true); // document 5 answers queries 0 and 1

        var metrics = BatchMetrics.Of([eye(4), eye(4)], batch, new(relevant));

        Assert.Equal(0.5, metrics.DuplicateRate);
        Assert.Equal(2.0 / 12, metrics.FalseNegativeRate!.Value, 12);
    }

    [Fact]
    public void Of_scoredPairs_isTheRankCorrelation_andNothingOfNegatives()
    {
        using var scope = NewDisposeScope();
        var first = tensor(new float[,] { { 1, 0 }, { 1, 0 }, { 1, 0 }, { 1, 0 } });
        var second = tensor(new float[,] { { 1, 0 }, { 1, 1 }, { 0, 1 }, { -1, 0 } }); // cosines fall

        var falling = BatchMetrics.Of([first, second], Batch(4), new(Diagonal(4)) { Similarities = [5, 3, 1, 0] });
        var constant = BatchMetrics.Of([first, second], Batch(4), new(Diagonal(4)) { Similarities = [1, 1, 1, 1] });

        Assert.Equal(1, falling.Correlation!.Value, 1e-12);
        Assert.Null(constant.Correlation);
        Assert.Equal((null, null, null, null), (falling.Accuracy, falling.DuplicateRate, falling.FalseNegativeRate, falling.Alignment));
    }

    [Fact]
    public void Of_textsWithClasses_isTheNearestNeighboursClass()
    {
        using var scope = NewDisposeScope();
        var texts = tensor(new float[,] { { 1, 0 }, { 1, 0.1f }, { 0, 1 }, { 1, 0.2f }, { -1, -1 } });

        var metrics = BatchMetrics.Of([texts], Batch(5), new(Diagonal(5)) { Classes = [0, 0, 1, 1, 2] });
        var strangers = BatchMetrics.Of([texts], Batch(5), new(Diagonal(5)) { Classes = [0, 1, 2, 3, 4] });

        Assert.Equal(0.5, metrics.Accuracy); // of the four with a classmate, those of class 0 are nearest to each other
        Assert.InRange(metrics.Alignment!.Value, 0.1, 2);
        Assert.Equal((null, null), (strangers.Accuracy, strangers.Alignment));
    }

    [Fact]
    public void Of_tokenVectors_takesTheBestMatches()
    {
        using var scope = NewDisposeScope();
        var queries = tensor(new float[,,] { { { 1, 0, 0 }, { 0, 1, 0 } }, { { 0, 0, 1 }, { 0, 0, 0 } } });
        var documents = tensor(new float[,,] { { { 0, 1, 0 }, { 1, 0, 0 } }, { { 0, 0, 1 }, { 0, 0, 0 } } });

        Assert.Equal(1, BatchMetrics.Of([queries, documents], Batch(2), new(Diagonal(2))).Accuracy);
    }

    private static TrainingBatch Batch(int count) => new(0, [.. Enumerable.Range(0, count)], [.. Enumerable.Range(0, count)], []);

    private static bool[] Diagonal(int count) => [.. Enumerable.Range(0, count * count).Select(i => i / count == i % count)];
}
