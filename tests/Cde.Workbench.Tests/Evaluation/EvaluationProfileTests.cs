using Cde.Workbench.Corpora;
using Cde.Workbench.Evaluation;

namespace Cde.Workbench.Tests.Evaluation;

/// <summary>The rules in which the tools differ, each by a small case that is counted by hand.</summary>
public sealed class EvaluationProfileTests
{
    // Ties: "a" and "b" have one score; by id descending b is first, as listed a. "q" is the query's own document.
    private static readonly RankedRun Run = new RankedRun("r")
        .Add("q", [new("q", 9), new("a", 5), new("b", 5), new("c", 1)])
        .Add("none", [new("x", 1)]);

    private static readonly Qrels Qrels = new Qrels().Add("q", "a", 2).Add("q", "c", 1).Add("q", "d", 1).Add("none", "x", 0).Add("absent", "a", 1);

    [Theory]
    // trec_eval: order q b a c; "none" counts 0, "absent" is left out: 1/3 and 0 over 2.
    [InlineData("trec_eval", "MRR@10", (1.0 / 3) / 2)]
    // BEIR: own document out, ties as listed: a b c; MRR divides by all 3 judged queries. Five decimals.
    [InlineData("beir", "MRR@10", 0.33333)]
    [InlineData("beir", "Success@1", 0.33333)]
    // BEIR's MAP is pytrec_eval's: b a c, (1/2 + 2/3) / 3 over the two queries with lists.
    [InlineData("beir", "MAP@10", 0.19444)]
    // mteb: b before a, nothing removed, float64; over the two queries with lists.
    [InlineData("mteb", "MRR@10", 0.16667)]
    // sentence-transformers: q a b c as listed; "none" has nothing relevant and is left out, "absent" counts 0.
    [InlineData("sentence-transformers", "MRR@10", 0.5 / 2)]
    // Average precision at 2 divides by 2 and not by the 3 relevant ones.
    [InlineData("sentence-transformers", "MAP@2", (0.5 / 2) / 2)]
    [InlineData("trec_eval", "MAP@3", ((1.0 / 3) / 3) / 2)]
    public void Means_follow_the_tool(string profile, string measure, double expected) =>
        Assert.Equal(expected, Evaluator.Evaluate(Run, Qrels, [Measure.Parse(measure)], EvaluationProfile.Get(profile))[measure], 1e-12);

    [Fact]
    public void Sentence_transformers_knows_no_grades()
    {
        var (binary, graded) = (Of("sentence-transformers"), Of("trec_eval"));

        Assert.Equal(((1 / Math.Log2(3)) + (1 / Math.Log2(5))) / (1 + (1 / Math.Log2(3)) + (1 / Math.Log2(4))) / 2, binary, 1e-12);
        Assert.NotEqual(binary, graded);

        static double Of(string profile) => Evaluator.Evaluate(Run, Qrels, [Measure.Parse("nDCG@10")], EvaluationProfile.Get(profile))["nDCG@10"];
    }

    [Fact]
    public void Hole_counts_what_no_query_judges()
    {
        var result = Evaluator.Evaluate(Run, Qrels, [Measure.Parse("Hole@3"), Measure.Parse("Hole@10")]);

        Assert.Equal([2.0 / 3, 0], result.PerQuery(Measure.Parse("Hole@3"))); // q and b; x is judged
        Assert.Equal(0.2, result.PerQuery(Measure.Parse("Hole@10"))[0]);
    }

    [Fact]
    public void The_rule_names_the_profile_and_what_is_counted_otherwise()
    {
        var rule = Evaluator.Evaluate(Run, Qrels, [Measure.Parse("nDCG@10"), Measure.Parse("MRR@10")], EvaluationProfile.Beir).Rule;

        Assert.StartsWith("profile beir: scores compared as float32", rule, StringComparison.Ordinal);
        Assert.Contains("for MRR@10: scores compared as float64 (trec_eval 10.0), ties as listed", rule, StringComparison.Ordinal);
        Assert.Contains("means over 3 of 3 judged queries", rule, StringComparison.Ordinal);
        Assert.EndsWith("means rounded to 5 decimals", rule, StringComparison.Ordinal);
        Assert.StartsWith("profile trec_eval: ", Evaluator.Evaluate(Run, Qrels).Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_profile_is_refused_with_the_nearest() =>
        Assert.Contains("did you mean trec_eval?", Assert.Throws<CdeException>(() => EvaluationProfile.Get("trec-eval")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_grade_limit_is_a_limit_on_what_is_relevant()
    {
        var result = Evaluator.Evaluate(Run, Qrels, [Measure.Parse("Recall(rel=2)"), Measure.Parse("P(rel=2)@3"), Measure.Parse("P@3")]);

        Assert.Equal(1, result.PerQuery(Measure.Parse("Recall(rel=2)"))[0]);
        Assert.Equal(result.PerQuery(Measure.Parse("P@3"))[0], result.PerQuery(Measure.Parse("P(rel=2)@3"))[0]);
        Assert.Equal(0, Evaluator.Evaluate(Run, Qrels, [Measure.Parse("Recall(rel=3)")])["Recall(rel=3)"]);
    }
}
