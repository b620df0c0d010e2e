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

    [Theory]
    [InlineData(BatchSamplerKind.Cluster, ClusterPacking.Random)]
    [InlineData(BatchSamplerKind.Cluster, ClusterPacking.Tour)]
    [InlineData(BatchSamplerKind.ClusterWithinDomain, ClusterPacking.Random)]
    [InlineData(BatchSamplerKind.ClusterWithinDomain, ClusterPacking.Tour)]
    public void Build_byWords_takesNoModel_andFindsTheSameAgain(BatchSamplerKind sampler, ClusterPacking packing)
    {
        var options = TrainingData.Options with { Batch = new() { Size = 8, Sampler = sampler }, Clusters = new() { Model = "bm25", Size = 6, Packing = packing } };
        var rows = new TrainingRows(TrainingData.Two);
        var (queries, documents) = rows.Pairs(options.Seed);
        var clustering = new Bm25ClusterOptions { ClusterSize = 6, Seed = options.Seed };

        var made = Build(options)!;
        var entries = Directory.GetFiles(Path.Combine(folder.Path, "clusters")).Length;
        var read = Build(options)!;

        var expected = sampler == BatchSamplerKind.Cluster ? Bm25Clusters.Of(queries, documents, clustering) : Bm25Clusters.WithinDomains(queries, documents, rows.Domains, clustering);
        Assert.Equal(expected.Labels, made.Clusters.Labels);
        Assert.Equal((10, 60), (made.Clusters.Clusters, made.Clusters.Count)); // 60 pairs, or 30 in each domain, in sixes
        Assert.Equal(packing == ClusterPacking.Tour, made is TourPacker);
        Assert.Equal(1, entries); // the two domains differ in their words' letters alone, and words are numbers there
        Assert.Equal(entries, Directory.GetFiles(Path.Combine(folder.Path, "clusters")).Length);
        Assert.Equal(BatchClusters.Hash(made), BatchClusters.Hash(read));
        Assert.NotEqual(BatchClusters.Hash(made), BatchClusters.Hash(Build(options with { Clusters = options.Clusters with { Size = 5 } })));
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "vectors")));
        int[] all = [.. Enumerable.Range(0, 10)];
        Assert.Equal(made.Order(all, [3]), read.Order(all, [3]));
    }

    [Theory]
    [InlineData("bm25", BatchSamplerKind.Cluster, 3)]
    [InlineData("bm25", BatchSamplerKind.ClusterWithinDomain, 4)]
    [InlineData("cde-mini", BatchSamplerKind.Cluster, 3)]
    [InlineData("cde-mini", BatchSamplerKind.ClusterWithinDomain, 4)]
    public void Build_ofMorePairsThanAreClusteredTogether_clustersRandomPartsAlone(string model, BatchSamplerKind sampler, int parts)
    {
        var options = TrainingData.Options with { Batch = new() { Size = 5, Sampler = sampler }, Clusters = new() { Model = model, MostPairs = 20 } };

        var made = Build(options)!.Clusters;

        // 60 pairs in three parts of 20 with 4 clusters each; or 30 in each of two domains, in two parts of 15 with 3 each.
        var size = 60 / parts;
        Assert.Equal(parts * size / 5, made.Clusters);
        Assert.Equal(0, made.NoiseCount);
        int[] sizes = [.. made.Sizes];
        for (var part = 0; part < parts; part++)
            Assert.Equal(size, sizes.Skip(part * size / 5).Take(size / 5).Sum());
        Assert.NotEqual(BatchClusters.Hash(new RandomPacker(made)), BatchClusters.Hash(Build(options with { Clusters = options.Clusters with { MostPairs = 60 } })));
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
