using Cde.Workbench.Clustering;
using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Training.BatchSamplers;

namespace Cde.Workbench.Tests.Training.BatchSamplers;

public sealed class ClusterBatchSamplerTests
{
    [Fact]
    public void Batches_of_the_clusters_size_are_the_clusters()
    {
        var clusters = new ClusterAssignment([.. Enumerable.Range(0, 60).Select(row => row % 6)], 6);

        var batches = new ClusterBatchSampler(new RandomPacker(clusters), new BatchSamplerOptions { BatchSize = 10 }).Epoch(0).Batches().ToList();

        Assert.Equal(6, batches.Count);
        Assert.All(batches, batch => Assert.Single(batch.Select(row => clusters.Labels[(int)row]).Distinct()));
    }

    [Fact]
    public void Batches_of_several_clusters_along_a_tour_hold_neighbours()
    {
        // Cluster k lies at k on a line. A greedy tour turns back at most once, so a batch of four clusters spans few others; at random it would not.
        using var points = TestMatrices.Of(1, [.. Enumerable.Range(0, 200).Select(row => ($"d{row}", new[] { row / 2f }))]);
        var clusters = new ClusterAssignment([.. Enumerable.Range(0, 200).Select(row => row / 2)], 100);
        var options = new BatchSamplerOptions { BatchSize = 8 };

        double Spread(ClusterPacker packer) => new ClusterBatchSampler(packer, options).Epoch(0).Batches()
            .Select(batch => (double)(batch.Max() - batch.Min())).Order().ElementAt(12);

        Assert.InRange(Spread(TourPacker.Of(clusters, points)), 7, 9); // the median batch is eight rows in a line
        Assert.True(Spread(new RandomPacker(clusters)) > 60);
    }

    [Fact]
    public void Rows_in_no_cluster_make_batches_of_their_own_at_the_end()
    {
        var clusters = new ClusterAssignment([.. Enumerable.Range(0, 40).Select(row => row < 20 ? 0 : ClusterAssignment.Noise)], 2);

        var batches = new ClusterBatchSampler(new RandomPacker(clusters), new BatchSamplerOptions { BatchSize = 10 }).Epoch(0).Batches().ToList();

        Assert.Equal(4, batches.Count);
        Assert.All(batches, batch => Assert.Single(batch.Select(row => clusters.Labels[(int)row]).Distinct()));
    }
}
