using Cde.Workbench.Models;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Models;

public sealed class BatchPlannerTests
{
    [Fact]
    public void Plan_unequal_lengths_sorts_longest_first_and_keeps_the_order_of_equals()
    {
        var plan = BatchPlanner.Plan([3, 5, 3, 1, 5], tokenBudget: 10);
        Assert.Equal([[1, 4], [0, 2, 3]], Batches(plan));
        Assert.Equal([5, 3], [plan.MaxLength(0), plan.MaxLength(1)]);
    }

    [Fact]
    public void PaddingTax_of_a_worked_example_is_the_share_of_padded_positions()
    {
        var plan = BatchPlanner.Plan([3, 5, 3, 1, 5], tokenBudget: 10);
        Assert.Equal(17, plan.Tokens);
        Assert.Equal(19, plan.Positions); // 2 x 5 + 3 x 3
        Assert.Equal(2.0 / 19, plan.PaddingTax, 12);
    }

    [Fact]
    public void Plan_positions_in_front_of_every_text_count_against_the_budget()
    {
        Assert.Equal(4, BatchPlanner.Plan([2, 2, 2, 2], tokenBudget: 8)[0].Length);
        Assert.Equal(2, BatchPlanner.Plan([2, 2, 2, 2], tokenBudget: 8, positionsPerText: 2)[0].Length);
    }

    [Fact]
    public void Plan_text_longer_than_the_budget_is_a_batch_of_its_own() =>
        Assert.Equal([[1], [0]], Batches(BatchPlanner.Plan([3, 9], tokenBudget: 4)));

    [Fact]
    public void Plan_no_texts_has_no_batches()
    {
        var plan = BatchPlanner.Plan([], tokenBudget: 4);
        Assert.Equal(0, plan.Count);
        Assert.Equal(0, plan.PaddingTax);
    }

    [Fact]
    public void Plan_holds_every_row_once_within_its_limits() => Property(
        (lengths, budget, maxTexts) =>
        {
            var plan = BatchPlanner.Plan(lengths, budget, maxTexts);
            var batches = Batches(plan);
            Assert.Equal(Enumerable.Range(0, lengths.Length), batches.SelectMany(rows => rows).Order());
            Assert.All(batches, rows => Assert.True(rows.Length == 1 || rows.Length * lengths[rows[0]] <= budget));
            Assert.All(batches, rows => Assert.InRange(rows.Length, 1, maxTexts));
            Assert.Equal(lengths.Sum(), plan.Tokens);
        });

    [Fact]
    public void Plan_no_batch_could_take_the_next_text() => Property(
        (lengths, budget, maxTexts) =>
        {
            var batches = Batches(BatchPlanner.Plan(lengths, budget, maxTexts));
            Assert.All(batches.SkipLast(1), rows => Assert.True(rows.Length == maxTexts || (rows.Length + 1) * lengths[rows[0]] > budget));
        });

    [Fact]
    public void Plan_of_full_batches_pads_no_more_than_the_original_order() => Property(
        (lengths, _, size) =>
        {
            var full = lengths[..(lengths.Length / size * size)];
            var original = full.Chunk(size).Sum(chunk => (long)size * chunk.Max());
            Assert.True(BatchPlanner.Plan(full, int.MaxValue, size).Positions <= original);
        });

    [Fact]
    public void Hash_differs_where_the_cuts_differ()
    {
        int[] lengths = [4, 4, 4, 4];
        Assert.Equal(BatchPlanner.Plan(lengths, 8).Hash(), BatchPlanner.Plan(lengths, 9).Hash());
        Assert.NotEqual(BatchPlanner.Plan(lengths, 8).Hash(), BatchPlanner.Plan(lengths, 12).Hash());
    }

    private static int[][] Batches(BatchPlan plan) => [.. Enumerable.Range(0, plan.Count).Select(batch => plan[batch].ToArray())];

    private static void Property(Action<int[], int, int> invariant) => Prop.ForAll(
        Gen.Choose(1, 40).ArrayOf().ToArbitrary(),
        Gen.Choose(1, 200).ToArbitrary(),
        Gen.Choose(1, 12).ToArbitrary(),
        invariant).QuickCheckThrowOnFailure();
}
