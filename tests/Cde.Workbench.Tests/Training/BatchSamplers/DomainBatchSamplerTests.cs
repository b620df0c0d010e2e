using Cde.Workbench.Clustering;
using Cde.Workbench.Training.BatchSamplers;

namespace Cde.Workbench.Tests.Training.BatchSamplers;

public sealed class DomainBatchSamplerTests
{
    private static readonly ClusterAssignment Domains = new([.. Enumerable.Range(0, 100).Select(row => row % 3 == 0 ? 0 : 1)], 2);

    [Fact]
    public void Batches_are_of_one_domain()
    {
        var batches = new DomainBatchSampler(Domains, new BatchSamplerOptions { BatchSize = 8 }).Epoch(0).Batches().ToList();

        Assert.All(batches, batch => Assert.Single(batch.Select(row => Domains.Labels[(int)row]).Distinct()));
        Assert.Equal((34 / 8) + (66 / 8), batches.Count);
        Assert.True(batches.Take(6).Select(batch => Domains.Labels[(int)batch[0]]).Distinct().Count() == 2); // domains alternate: the order of batches is random
    }

    [Fact]
    public void Mixed_domains_share_the_batch_at_their_border_alone()
    {
        var batches = new DomainBatchSampler(Domains, new BatchSamplerOptions { BatchSize = 8, MixesDomains = true }).Epoch(0).Batches().ToList();

        Assert.Equal(100 / 8, batches.Count);
        Assert.Single(batches, batch => batch.Select(row => Domains.Labels[(int)row]).Distinct().Count() == 2);
    }
}
