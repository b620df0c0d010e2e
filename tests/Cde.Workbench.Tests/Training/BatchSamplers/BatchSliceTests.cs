using Cde.Workbench.Training.BatchSamplers;

namespace Cde.Workbench.Tests.Training.BatchSamplers;

public sealed class BatchSliceTests
{
    private static readonly EpochBatches Plan = new RandomBatchSampler(103, new BatchSamplerOptions { BatchSize = 10, SmallestBatch = 3 }).Epoch(0);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Slices_that_share_negatives_put_together_are_the_batch(int processes)
    {
        var slices = Enumerable.Range(0, processes).Select(rank => new BatchSlice(rank, processes)).ToList();

        Assert.All(slices, slice => Assert.Equal(11, slice.Steps(Plan)));
        for (var step = 0; step < 11; step++)
        {
            Assert.Equal(Plan[step], slices.SelectMany(slice => slice.Rows(Plan, step)));
            Assert.InRange(slices.Max(slice => slice.Rows(Plan, step).Length) - slices.Min(slice => slice.Rows(Plan, step).Length), 0, 1);
        }
    }

    [Fact]
    public void Slices_of_their_own_negatives_take_turns_in_whole_batches()
    {
        var slices = Enumerable.Range(0, 4).Select(rank => new BatchSlice(rank, 4, sharesNegatives: false)).ToList();

        Assert.All(slices, slice => Assert.Equal(2, slice.Steps(Plan))); // 11 batches: three are left out, so that no process waits for another
        var rows = slices.SelectMany(slice => Enumerable.Range(0, 2).Select(step => slice.Rows(Plan, step))).ToList();
        Assert.Equal(Enumerable.Range(0, 8).Select(batch => Plan[batch]).OrderBy(batch => batch[0]), rows.OrderBy(batch => batch[0]));
    }

    [Fact]
    public void Batches_smaller_than_the_number_of_processes_are_refused()
    {
        var slice = new BatchSlice(0, 4);
        var step = Enumerable.Range(0, 11).Single(i => Plan[i].Length == 3);

        Assert.Contains("3 rows cannot be shared by 4 processes", Assert.Throws<CdeException>(() => slice.Rows(Plan, step)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rank_that_is_not_below_the_number_of_processes_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new BatchSlice(2, 2));
}
