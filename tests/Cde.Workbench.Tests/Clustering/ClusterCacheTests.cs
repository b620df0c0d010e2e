using Cde.Testing;
using Cde.Workbench.Clustering;
using Cde.Workbench.Tests.Embedding;

namespace Cde.Workbench.Tests.Clustering;

public sealed class ClusterCacheTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static KMeansOptions Options { get; } = new() { Clusters = 4, Restarts = 1 };

    [Fact]
    public void KMeans_again_reads_the_same_from_disk()
    {
        using var points = TestMatrices.Random(60, 5, 1);
        var cache = new ClusterCache(_folder.Path);
        var reports = new Counter();

        var made = cache.KMeans(points, Options, reports);
        var count = reports.Count;
        var read = cache.KMeans(points, Options, reports);

        Assert.Equal(count, reports.Count);
        Assert.Equal(made.Assignment.Labels, read.Assignment.Labels);
        Assert.Equal(made.Centroids, read.Centroids);
        Assert.Equal(made.History, read.History);
        Assert.Equal((made.Dimension, made.Metric, made.Objective, made.Restart, made.IsConverged), (read.Dimension, read.Metric, read.Objective, read.Restart, read.IsConverged));
    }

    [Fact]
    public void Key_depends_on_numbers_and_options()
    {
        using var points = TestMatrices.Random(60, 5, 1);
        using var same = TestMatrices.Random(60, 5, 1, prefix: "other");
        using var moved = TestMatrices.Random(60, 5, 2);
        var key = ClusterCache.Key([points], Options.Key());

        Assert.Equal(key, ClusterCache.Key([same], Options.Key())); // ids do not move points
        Assert.NotEqual(key, ClusterCache.Key([moved], Options.Key()));
        Assert.NotEqual(key, ClusterCache.Key([points, points], Options.Key()));
        Assert.Equal(key, ClusterCache.Key([points], (Options with { MemoryBytes = 5 }).Key()));
        foreach (var other in (KMeansOptions[])[
            Options with { Seed = 1 }, Options with { Clusters = 5 }, Options with { Metric = ClusterMetric.Euclidean }, Options with { Tolerance = 0 },
            Options with { Start = KMeansStart.Random }, Options with { Iterations = 9 }, Options with { Restarts = 2 }, Options with { PointsPerCluster = 3 },
            Options with { EmptyClusters = EmptyClusters.Keep }])
            Assert.NotEqual(key, ClusterCache.Key([points], other.Key()));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    public void A_damaged_entry_is_made_again(string damage)
    {
        using var points = TestMatrices.Random(60, 5, 1);
        var cache = new ClusterCache(_folder.Path);
        var made = cache.KMeans(points, Options);
        var path = Directory.GetFiles(_folder.Path).Single();
        File.WriteAllText(path, damage);

        Assert.Equal(made.Assignment.Labels, cache.KMeans(points, Options).Assignment.Labels);
        Assert.Equal(made.Assignment.Labels, ClusterFile.Open(path).Clusters.Assignment.Labels);
    }

    [Fact]
    public void Paired_again_reads_the_same_from_disk()
    {
        using var queries = TestMatrices.Random(60, 5, 1);
        using var documents = TestMatrices.Random(60, 5, 2);
        var cache = new ClusterCache(_folder.Path);
        var options = new PairedKMeansOptions { ClusterSize = 20 };
        var reports = new Counter();

        var made = cache.Paired(queries, documents, options, reports);
        var count = reports.Count;

        Assert.Equal(made.Assignment.Labels, cache.Paired(queries, documents, options, reports).Assignment.Labels);
        Assert.Equal(count, reports.Count);
        Assert.NotEqual(made.Assignment.Labels, cache.Paired(documents, queries, options with { ClusterSize = 10 }).Assignment.Labels);
    }

    public void Dispose() => _folder.Dispose();

    private sealed class Counter : IProgress<WorkProgress>
    {
        public int Count { get; private set; }

        public void Report(WorkProgress value) => Count++;
    }
}
