using Cde.Workbench.Mining;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Mining;

/// <summary>The miner against the steps of sentence-transformers' mine_hard_negatives written down one after the other.</summary>
public sealed class MinerPropertyTests
{
    private static Arbitrary<(int Pool, int Positives, int Count, int Start, int Span, int Margin, int Seed)> Problems =>
        (from pool in Gen.Choose(3, 40)
         from positives in Gen.Choose(1, 3)
         from count in Gen.Choose(1, 6)
         from start in Gen.Choose(0, 5)
         from span in Gen.Choose(1, 20)
         from margin in Gen.Choose(-1, 3)
         from seed in Gen.Choose(0, 10_000)
         select (pool, Math.Min(positives, pool - 1), count, start, span, margin, seed)).ToArbitrary();

    [Fact]
    public void Top_choice_is_that_of_the_written_steps() => Prop.ForAll(Problems, problem =>
    {
        var random = SeededRandom.For(problem.Seed);
        double[] scores = [.. Enumerable.Range(0, problem.Pool).Select(_ => random.Below(20) / 20.0)];
        int[] rows = [.. Enumerable.Range(0, problem.Pool).OrderByDescending(row => scores[row]).ThenBy(row => row)];
        int[] positives = [.. Enumerable.Range(0, problem.Positives)];
        var options = new MiningOptions
        {
            Count = problem.Count,
            RangeStart = problem.Start,
            RangeEnd = problem.Start + problem.Span,
            RelativeMargin = problem.Margin < 0 ? null : problem.Margin * .05,
        };
        var data = MiningCases.Data(problem.Pool, positives);
        var depth = Math.Min(problem.Pool, options.Depth(positives.Length));

        var mined = MiningCases.Mine(data, options, [.. rows.Take(depth).Select(row => new FoundDocument(row, scores[row]))], [.. positives.Select(row => scores[row])]);

        var reference = positives.Min(row => scores[row]);
        var left = rows.Take(depth).Where(row => !positives.Contains(row) && !(options.RelativeMargin is { } margin && scores[row] > reference - (margin * Math.Abs(reference))));
        Assert.Equal(left.Take(problem.Start + problem.Span).Skip(problem.Start).Take(problem.Count), mined.Rows());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_positive_is_ever_a_negative_and_none_stands_twice() => Prop.ForAll(Problems, problem =>
    {
        var random = SeededRandom.For(problem.Seed, 1);
        var options = new MiningOptions
        {
            Count = problem.Count,
            RangeStart = problem.Start,
            RangeEnd = problem.Start + problem.Span,
            RangeOrder = (RangeOrder)(problem.Seed % 2),
            Choice = (NegativeChoice)(problem.Seed / 2 % 2),
            FillsRandomly = problem.Seed % 3 == 0,
        };
        int[] rows = [.. Enumerable.Range(0, problem.Pool)];
        random.Shuffle<int>(rows);

        var mined = MiningCases.Mine(
            MiningCases.Data(problem.Pool, [.. Enumerable.Range(0, problem.Positives)]), options, [.. rows.Select((row, rank) => new FoundDocument(row, 1.0 / (rank + 1)))],
            [.. Enumerable.Repeat(.5, problem.Positives)]);

        Assert.DoesNotContain(mined.Rows(), row => row < problem.Positives);
        Assert.Equal(mined.Rows().Length, mined.Rows().Distinct().Count());
        Assert.InRange(mined.Rows().Length, options.FillsRandomly ? Math.Min(problem.Count, problem.Pool - problem.Positives) : 0, problem.Count);
    }).QuickCheckThrowOnFailure();
}
