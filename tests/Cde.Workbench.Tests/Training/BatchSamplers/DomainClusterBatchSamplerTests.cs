using Cde.Workbench.Clustering;
using Cde.Workbench.Training.BatchSamplers;

namespace Cde.Workbench.Tests.Training.BatchSamplers;

public sealed class DomainClusterBatchSamplerTests
{
    [Fact]
    public void Batches_are_of_one_cluster_inside_one_domain()
    {
        // Clusters that lie across both domains: each domain takes its own rows of them.
        var domains = new ClusterAssignment([.. Enumerable.Range(0, 120).Select(row => row % 2)], 2);
        var clusters = new ClusterAssignment([.. Enumerable.Range(0, 120).Select(row => row / 2 % 6)], 6);

        var batches = new DomainClusterBatchSampler(domains, new RandomPacker(clusters), new BatchSamplerOptions { BatchSize = 10 }).Epoch(1).Batches().ToList();

        Assert.Equal(12, batches.Count);
        Assert.All(batches, batch => Assert.Single(batch.Select(row => (domains.Labels[(int)row], clusters.Labels[(int)row])).Distinct()));
    }

    [Fact]
    public void Clusters_of_other_rows_are_refused()
    {
        var error = Assert.Throws<CdeException>(() =>
            new DomainClusterBatchSampler(new ClusterAssignment([0, 0], 1), new RandomPacker(new ClusterAssignment([0], 1)), new()));

        Assert.Contains("domains of 2 rows, clusters of 1", error.Message, StringComparison.Ordinal);
    }
}
