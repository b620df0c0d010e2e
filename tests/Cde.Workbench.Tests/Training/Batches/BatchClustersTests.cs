using Cde.Testing;
using Cde.Workbench.Clustering;
using Cde.Workbench.Embedding;
using Cde.Workbench.Training;

namespace Cde.Workbench.Tests.Training.Batches;

public sealed class BatchClustersTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Build_withinDomains_clustersThePairsOfEachAlone_andTheSameWayAgain()
    {
        var options = TrainingData.Options with { Batch = new() { Size = 8, Sampler = BatchSamplerKind.ClusterWithinDomain }, Clusters = new() { Size = 6, Packing = ClusterPacking.Tour } };

        var made = Build(options)!;
        var read = Build(options)!;

        Assert.IsType<TourPacker>(made);
        Assert.Equal(60, made.Clusters.Count);
        Assert.Equal(10, made.Clusters.Clusters); // 30 pairs a domain, 6 a cluster
        Assert.Empty(made.Clusters.Labels.Take(30).Intersect(made.Clusters.Labels.Skip(30)));
        Assert.Equal(BatchClusters.Hash(made), BatchClusters.Hash(read));
    }

    [Fact]
    public void Build_forASamplerWithoutClusters_makesNone() => Assert.Null(Build(TrainingData.Options));

    [Fact]
    public void Hash_tellsOtherClustersApart()
    {
        var one = new RandomPacker(new ClusterAssignment([0, 1, 1], 2));
        var other = new RandomPacker(new ClusterAssignment([0, 0, 1], 2));

        Assert.NotEqual(BatchClusters.Hash(one), BatchClusters.Hash(other));
        Assert.Null(BatchClusters.Hash(null));
    }

    public void Dispose() => folder.Dispose();

    private ClusterPacker? Build(TrainingOptions options) => BatchClusters.Build(
        options, TrainingData.Two, new EmbeddingCache(Path.Combine(folder.Path, "vectors")), new ClusterCache(Path.Combine(folder.Path, "clusters")), null, default);
}
