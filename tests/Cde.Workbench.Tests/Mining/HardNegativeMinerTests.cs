using Cde.Workbench.Corpora;
using Cde.Workbench.Mining;
using static Cde.Workbench.Tests.Mining.MiningCases;

namespace Cde.Workbench.Tests.Mining;

public sealed class HardNegativeMinerTests
{
    private static readonly IReadOnlyList<FoundDocument> Six = Found((3, .9), (0, .8), (1, .79), (2, .7), (4, .5), (5, .1));

    [Fact]
    public void Top_takes_the_best_that_are_no_positives()
    {
        var mined = Mine(Data(6, [0]), new MiningOptions { Count = 3 }, Six, [.8]);

        Assert.Equal([3, 1, 2], mined.Rows());
        Assert.All(mined.Negatives, negative => Assert.Equal(KeepReason.Top, negative.Reason));
        Assert.Equal([1, 3, 4], mined.Negatives.Select(negative => negative.Rank!.Value));
        Assert.Equal(DropRule.Positive, mined.Rule(0));
        Assert.Equal(DropRule.AfterRange, mined.Rule(4));
    }

    [Fact]
    public void Every_document_found_is_kept_or_dropped_by_one_rule()
    {
        var mined = Mine(Data(6, [0]), new MiningOptions { Count = 1, RangeStart = 1, RangeEnd = 3, RelativeMargin = 0.05 }, Six, [.8]);

        Assert.Equal([0, 1, 2, 3, 4, 5], mined.Rows().Concat(mined.Dropped.Select(dropped => dropped.Row)).Order());
    }

    [Theory]
    [InlineData(.05, null, null, null, new[] { 2, 4, 5 }, 1, DropRule.AbsoluteMargin)] // .79 + .05 > .8
    [InlineData(null, .05, null, null, new[] { 2, 4, 5 }, 1, DropRule.RelativeMargin)] // .79 > .76
    [InlineData(null, null, .6, null, new[] { 4, 5 }, 2, DropRule.MaxScore)]
    [InlineData(null, null, null, .6, new[] { 3, 1, 2 }, 4, DropRule.MinScore)]
    public void Limits_of_scores_drop_what_is_beyond(double? absolute, double? relative, double? max, double? min, int[] kept, int row, DropRule rule)
    {
        var options = new MiningOptions { Count = 3, AbsoluteMargin = absolute, RelativeMargin = relative, MaxScore = max, MinScore = min, RangeEnd = 10 };

        var mined = Mine(Data(6, [0]), options, Six, [.8]);

        Assert.Equal(kept, mined.Rows());
        Assert.Equal(rule, mined.Rule(row));
    }

    [Fact]
    public void A_margin_counts_from_the_lowest_positive()
    {
        var mined = Mine(Data(6, [0, 4]), new MiningOptions { Count = 3, AbsoluteMargin = 0 }, Six, [.8, .5]);

        Assert.Equal([5], mined.Rows());
        Assert.Equal(.5, mined.Reference);
    }

    [Fact]
    public void A_score_that_just_reaches_the_limit_is_dropped_only_where_equals_are()
    {
        var found = Found((0, .8), (1, .8), (2, .7));

        Assert.Equal([1, 2], Mine(Data(3, [0]), new MiningOptions { AbsoluteMargin = 0 }, found, [.8]).Rows());
        Assert.Equal([2], Mine(Data(3, [0]), new MiningOptions { AbsoluteMargin = 0, DropsEqual = true }, found, [.8]).Rows());
    }

    [Fact]
    public void A_relative_margin_of_a_negative_score_still_lies_below_it()
    {
        var mined = Mine(Data(3, [0]), new MiningOptions { RelativeMargin = 0.1 }, Found((1, -.5), (0, -.5), (2, -.6)), [-.5]);

        Assert.Equal([2], mined.Rows()); // -.5 is above -.55
    }

    [Fact]
    public void Ranks_over_what_is_found_count_positives_and_ranks_over_what_is_left_do_not()
    {
        var options = new MiningOptions { Count = 2, RangeStart = 1, RangeEnd = 3 };

        Assert.Equal([1], Mine(Data(6, [0]), options with { RangeOrder = RangeOrder.Found }, Six, [.8]).Rows());
        Assert.Equal([1, 2], Mine(Data(6, [0]), options with { RangeOrder = RangeOrder.Left }, Six, [.8]).Rows());
    }

    [Fact]
    public void Texts_that_read_alike_are_no_negatives()
    {
        var corpus = new MemoryCorpus("pool", [new("a", "The answer"), new("b", " the  ANSWER"), new("c", "A question?"), new("d", "another")]);
        var data = MiningData.Of([new TrainingExample("a question?", ["The answer"], [])], corpus);

        var mined = Mine(data, new MiningOptions(), Found((1, .9), (2, .8), (0, .7), (3, .1)), [.7]);

        Assert.Equal([3], mined.Rows());
        Assert.Equal(DropRule.PositiveText, mined.Rule(1));
        Assert.Equal(DropRule.QueryText, mined.Rule(2));
    }

    [Fact]
    public void Random_choice_repeats_with_its_seed_and_keeps_the_order_of_scores()
    {
        var (data, found) = (Data(41, [40]), Found([.. Enumerable.Range(0, 40).Select(row => (row, 1.0 - (row * .01)))]));
        var options = new MiningOptions { Count = 10, RangeEnd = 40, Choice = NegativeChoice.Random };

        var one = Mine(data, options, found, [2]);

        Assert.Equal(one.Rows(), Mine(data, options, found, [2]).Rows());
        Assert.NotEqual(one.Rows(), Mine(data, options with { Seed = 43 }, found, [2]).Rows());
        Assert.Equal(one.Rows().Order(), one.Rows());
        Assert.NotEqual([.. Enumerable.Range(0, 10)], one.Rows());
        Assert.All(one.Negatives, negative => Assert.Equal(KeepReason.Drawn, negative.Reason));
        Assert.Equal(30, one.Dropped.Count(dropped => dropped.Rule == DropRule.NotChosen));
    }

    [Fact]
    public void Filling_draws_from_the_pool_what_is_neither_chosen_nor_an_answer()
    {
        var mined = Mine(Data(8, [0]), new MiningOptions { Count = 20, FillsRandomly = true, RangeEnd = 6 }, Six, [.8]);

        Assert.Equal([1, 2, 3, 4, 5, 6, 7], mined.Rows().Order()); // all but the positive, none twice, and no crash where the pool is too small
        Assert.Equal([6, 7], mined.Negatives.Where(negative => negative.Reason == KeepReason.Filled).Select(negative => negative.Row).Order());
    }

    [Fact]
    public void A_guide_drops_what_it_takes_for_an_answer()
    {
        var guide = new Scores((_, row) => row switch { 0 => .6, 1 => .61, 2 => .59, _ => 0 });

        var mined = Mine(Data(6, [0]), new MiningOptions { Count = 3 }, Six, [.8], guide: guide);

        Assert.Equal([3, 2, 4], mined.Rows());
        Assert.Equal(DropRule.Guide, mined.Rule(1));
        Assert.Equal(.59, mined.Negatives[1].GuideScore);
    }

    [Fact]
    public void A_cross_encoder_takes_the_place_of_the_search_scores()
    {
        var miner = new HardNegativeMiner(Data(6, [0]), new MiningOptions { Count = 2, RelativeMargin = 0.05 }) { Rescored = new Scores((_, row) => row / 10.0) };

        var mined = Assert.Single(miner.Mine([Six], [[.8]], cancellationToken: TestContext.Current.CancellationToken).Queries);

        Assert.Equal(0, mined.Reference);
        Assert.Empty(mined.Negatives); // every other document scores above 0
        Assert.Equal(DropRule.RelativeMargin, mined.Rule(1));
    }

    [Fact]
    public void Suspects_are_kept_and_flagged()
    {
        var mined = Mine(Data(6, [0]), new MiningOptions { Count = 4 }, Six, [.8]);

        Assert.Equal([true, true, false, false], mined.Negatives.Select(negative => negative.IsSuspect)); // from .76 on
    }

    [Fact]
    public void An_inconsistent_pair_is_left_out()
    {
        var miner = new HardNegativeMiner(Data(6, [0], [5]), new MiningOptions { PositiveWithin = 2 });

        var mined = miner.Mine([Six, Six], [[.8], [.1]], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([1], mined.Inconsistent);
        Assert.Equal(0, Assert.Single(mined.Queries).Query);
    }

    [Fact]
    public void The_rules_counts_add_up()
    {
        var data = Data(6, [0], [1]);
        var mined = new HardNegativeMiner(data, new MiningOptions { Count = 1 }).Mine([Six, Six], [[.8], [.79]], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(12, mined.Count + mined.DroppedBy().Values.Sum());
        Assert.Equal(2, mined.DroppedBy()[DropRule.Positive]);
    }

    [Fact]
    public void A_range_without_ranks_is_refused()
    {
        var error = Assert.Throws<CdeException>(() => new MiningOptions { RangeStart = 10, RangeEnd = 5 }.Validate());

        Assert.Contains("ranks 10 to 5 are none", error.Message, StringComparison.Ordinal);
    }
}
