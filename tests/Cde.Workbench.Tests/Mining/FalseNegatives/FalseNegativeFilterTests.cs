using Cde.Workbench.Mining.FalseNegatives;
using Cde.Workbench.Search;
using Cde.Workbench.Tests.Embedding;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Mining.FalseNegatives;

public sealed class FalseNegativeFilterTests
{
    private static Arbitrary<(int Batch, int Negatives, int Seed)> Problems =>
        (from batch in Gen.Choose(1, 12) from negatives in Gen.Choose(0, 3) from seed in Gen.Choose(0, 1_000_000) select (batch, negatives, seed)).ToArbitrary();

    /// <summary>Specification A-13, 6.</summary>
    [Fact]
    public void OwnDocument_masks_exactly_what_reaches_the_own_score() => Check(new FalseNegativeOptions(), (score, own) => score >= own);

    [Fact]
    public void OwnDocument_with_a_margin_masks_what_comes_near() =>
        Check(new FalseNegativeOptions { Margin = 0.3 }, (score, own) => score >= own - 0.3);

    [Fact]
    public void OwnDocumentShare_masks_what_reaches_a_share() =>
        Check(new FalseNegativeOptions { Rule = FalseNegativeRule.OwnDocumentShare, Margin = 0.05 }, (score, own) => score >= own - (0.05 * Math.Abs(own)));

    [Fact]
    public void Threshold_masks_what_reaches_it() =>
        Check(new FalseNegativeOptions { Rule = FalseNegativeRule.Threshold, Threshold = 0.2 }, (score, _) => score >= 0.2);

    [Fact]
    public void Off_masks_nothing() => Check(new FalseNegativeOptions { Rule = FalseNegativeRule.Off }, (_, _) => false);

    [Fact]
    public void Without_in_batch_negatives_only_the_own_are_left() => Check(new FalseNegativeOptions { UsesInBatchNegatives = false }, (_, _) => true);

    [Fact]
    public void The_own_document_is_never_masked_where_it_stands_again()
    {
        using var queries = TestMatrices.Of(2, ("q0", [1, 0]), ("q1", [0.8f, 0.6f]));
        using var documents = TestMatrices.Of(2, ("d0", [1, 0]), ("d1", [0, 1]), ("like d0", [1, 0]));
        using var guide = new GuideStore(queries, documents);
        var filter = new FalseNegativeFilter(guide, new FalseNegativeOptions());

        Assert.Equal([false, false, false, false], filter.Excluded([0, 1], [0, 0], [0, 1])); // one document, twice
        Assert.Equal([false, true, true, false], filter.Excluded([0, 1], [0, 2], [0, 1])); // another row with the same text answers as well
    }

    [Fact]
    public void Batches_without_their_own_documents_first_are_refused()
    {
        using var vectors = TestMatrices.Random(3, 2, 1);
        using var guide = new GuideStore(vectors, vectors);

        Assert.Throws<ArgumentException>(() => new FalseNegativeFilter(guide, new()).Excluded([0, 1], [0, 1], [1, 0]));
        Assert.Throws<ArgumentException>(() => new FalseNegativeFilter(guide, new()).Excluded([0, 1], [0], [0]));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        using var vectors = TestMatrices.Random(3, 2, 1);
        using var guide = new GuideStore(vectors, vectors);

        Assert.StartsWith("false-negative filter: ", Assert.Throws<CdeException>(() => new FalseNegativeFilter(guide, new() { Threshold = 2 })).Message, StringComparison.Ordinal);
    }

    private static void Check(FalseNegativeOptions options, Func<double, double, bool> isMasked) => Prop.ForAll(Problems, problem =>
    {
        var (count, total) = (problem.Batch, problem.Batch * (1 + problem.Negatives));
        using var queries = TestMatrices.Random(count, 4, problem.Seed);
        using var documents = TestMatrices.Random(total, 4, problem.Seed + 1);
        using var guide = new GuideStore(queries, documents);
        int[] owners = [.. Enumerable.Range(0, total).Select(j => j < count ? j : (j - count) / Math.Max(1, problem.Negatives))];

        var excluded = new FalseNegativeFilter(guide, options).Excluded([.. Enumerable.Range(0, count)], [.. Enumerable.Range(0, total)], owners);

        for (var i = 0; i < count; i++)
        {
            var own = ExactDot.Of(queries[i], documents[i]);
            for (var j = 0; j < total; j++)
                Assert.Equal(owners[j] != i && isMasked(ExactDot.Of(queries[i], documents[j]), own), excluded[(i * total) + j]);
        }
    }).QuickCheckThrowOnFailure();
}
