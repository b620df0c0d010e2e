using Cde.Workbench.Corpora;
using Cde.Workbench.Search;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Search;

public sealed class ReciprocalRankFusionTests
{
    [Fact]
    public void Documents_that_several_runs_have_come_before_those_of_one()
    {
        var fused = ReciprocalRankFusion.Fuse([Run("a", "x", "both"), Run("b", "y", "both")]);

        Assert.Equal(["both", "y", "x"], fused["q"].Select(document => document.DocumentId));
        Assert.Equal((float)(2.0 / 62), fused["q"][0].Score);
        Assert.Equal((float)(1.0 / 61), fused["q"][1].Score);
        Assert.Equal("rrf k=60 of a + b", fused.Name);
    }

    [Fact]
    public void Ranks_come_from_scores_and_ids_not_from_the_order_of_the_list()
    {
        var shuffled = new RankedRun("a").Add("q", [new("low", 1), new("b", 2), new("a", 2), new("high", 3)]);

        Assert.Equal(["high", "b", "a", "low"], ReciprocalRankFusion.Fuse([shuffled])["q"].Select(document => document.DocumentId));
    }

    [Fact]
    public void Weights_of_0_leave_a_run_out_of_the_scores_and_depth_cuts()
    {
        var fused = ReciprocalRankFusion.Fuse([Run("a", "x", "y"), Run("b", "y", "x")], depth: 1, weights: [0, 2.5]);

        Assert.Equal(new ScoredDocument("y", (float)(2.5 / 61)), Assert.Single(fused["q"]));
        Assert.Equal("rrf k=60 of 0 a + 2.5 b", fused.Name);
    }

    [Fact]
    public void A_query_that_one_run_lacks_is_fused_from_the_others()
    {
        var fused = ReciprocalRankFusion.Fuse([Run("a", "x"), new RankedRun("b").Add("other", [new("z", 1)])]);

        Assert.Equal(["q", "other"], fused.Keys);
        Assert.Equal("z", Assert.Single(fused["other"]).DocumentId);
    }

    [Fact]
    public void Fusing_a_run_with_itself_keeps_its_order() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(Gen.Choose(0, 20).ListOf().ToArbitrary(), scores =>
        {
            var run = new RankedRun("a").Add("q", [.. scores.Select((score, index) => new ScoredDocument($"d{index}", score))]);
            var order = ReciprocalRankFusion.Fuse([run])["q"].Select(document => document.DocumentId).ToList();
            return order.SequenceEqual(ReciprocalRankFusion.Fuse([run, run, run])["q"].Select(document => document.DocumentId)) && order.Count == scores.Count;
        }));

    [Theory]
    [InlineData(-1.0, null, "k must be at least 0")]
    [InlineData(double.NaN, null, "k must be at least 0")]
    [InlineData(60.0, new[] { 1.0 }, "2 runs with 1 weights")]
    [InlineData(60.0, new[] { 0.0, 0.0 }, "one above 0")]
    [InlineData(60.0, new[] { 1.0, -1.0 }, "must be at least 0")]
    public void What_is_out_of_range_is_refused(double k, double[]? weights, string expected)
    {
        var error = Assert.Throws<CdeException>(() => ReciprocalRankFusion.Fuse([Run("a", "x"), Run("b", "y")], k: k, weights: weights));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_run_is_refused() => Assert.Throws<CdeException>(() => ReciprocalRankFusion.Fuse([]));

    private static RankedRun Run(string name, params string[] ids) =>
        new RankedRun(name).Add("q", [.. ids.Select((id, rank) => new ScoredDocument(id, 10 - rank))]);
}
