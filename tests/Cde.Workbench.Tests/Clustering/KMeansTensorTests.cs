using Cde.Workbench.Clustering;
using Cde.Workbench.Tests.Embedding;

namespace Cde.Workbench.Tests.Clustering;

[Collection(LiveTensors.Name)]
public sealed class KMeansTensorTests
{
    [Fact]
    public void Fit_stops_when_cancelled_and_leaves_no_tensor()
    {
        using var points = TestMatrices.Random(500, 8, 1);
        using var source = new CancellationTokenSource();
        var before = LiveTensors.Settled;

        Assert.ThrowsAny<OperationCanceledException>(() => KMeans.Fit(
            points, new KMeansOptions { Clusters = 50, Tolerance = 0 }, new CancelAt(2, source), source.Token));

        Assert.Equal(before, LiveTensors.Count);
    }

    private sealed class CancelAt(int reports, CancellationTokenSource source) : IProgress<WorkProgress>
    {
        private int _count;

        public void Report(WorkProgress value)
        {
            if (++_count == reports)
                source.Cancel();
        }
    }
}
