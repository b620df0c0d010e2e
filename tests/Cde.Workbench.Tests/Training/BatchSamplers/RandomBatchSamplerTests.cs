using Cde.Workbench.Training.BatchSamplers;

namespace Cde.Workbench.Tests.Training.BatchSamplers;

public sealed class RandomBatchSamplerTests
{
    [Fact]
    public void Epoch_of_a_trillion_rows_takes_no_memory()
    {
        const long Rows = 1_000_000_000_000;
        var before = GC.GetAllocatedBytesForCurrentThread();

        var plan = new RandomBatchSampler(Rows, new BatchSamplerOptions { BatchSize = 64 }).Epoch(2);
        var batch = plan[plan.Count - 1];

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
        Assert.Equal(Rows / 64, plan.Count);
        Assert.Equal(64, batch.Distinct().Count());
        Assert.Contains(batch, row => row > Rows / 2);
        Assert.Contains(batch, row => row < Rows / 2);
    }

    [Fact]
    public void Epochs_put_other_rows_together()
    {
        var sampler = new RandomBatchSampler(1000, new BatchSamplerOptions { BatchSize = 10 });

        var neighbours = sampler.Epoch(0).Batches().First(batch => batch.Contains(0)).ToHashSet();
        neighbours.IntersectWith(sampler.Epoch(1).Batches().First(batch => batch.Contains(0)));

        Assert.InRange(neighbours.Count, 1, 4); // row 0 itself; more than three others in common has a probability below 1e-6
    }
}
