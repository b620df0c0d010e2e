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
        Assert.Equal(0, metrics.Alignment, 1e-6);
        Assert.Equal(-4, metrics.Uniformity, 1e-5); // every squared distance is 2, and log exp(-2 * 2) = -4
        Assert.Equal(6, metrics.EffectiveRank, 1e-5);
        Assert.Equal((0.0, 0.0), (metrics.DuplicateRate, metrics.FalseNegativeRate));
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
        Assert.Equal(2.0 / 12, metrics.FalseNegativeRate, 12);
    }

    private static TrainingBatch Batch(int count) => new(0, [.. Enumerable.Range(0, count)], [.. Enumerable.Range(0, count)], []);

    private static bool[] Diagonal(int count) => [.. Enumerable.Range(0, count * count).Select(i => i / count == i % count)];
}
