using Cde.Workbench.Corpora;
using Cde.Workbench.Evaluation;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Evaluation;

public sealed class EvaluatorTests
{
    // Worked by hand: grades at ranks 1 to 5 are 0, 3, 0, 1, 0; a relevant document of grade 2 is missed.
    private static readonly RankedRun Run = new RankedRun("hand").Add("q", Documents("a", "b", "c", "d", "e"));
    private static readonly Qrels Qrels = new Qrels().Add("q", "b", 3).Add("q", "d", 1).Add("q", "z", 2).Add("q", "c", -1);

    [Theory]
    [InlineData("nDCG@5", 0.48793, "(3/log2 3 + 1/log2 5) / (3 + 2/log2 3 + 1/2)")]
    [InlineData("nDCG@1", 0, "nothing relevant at rank 1")]
    [InlineData("MAP", 1.0 / 3, "(1/2 + 2/4) / 3")]
    [InlineData("MAP@3", 1.0 / 6, "(1/2) / 3: R stays the number of all relevant documents")]
    [InlineData("MRR@10", 0.5, "first relevant at rank 2")]
    [InlineData("MRR@1", 0, "it is not among the first one")]
    [InlineData("Recall@3", 1.0 / 3, "one of three")]
    [InlineData("P@10", 0.2, "two, divided by 10 though 5 were found")]
    [InlineData("Success@2", 1, "one among the first two")]
    [InlineData("Rprec", 1.0 / 3, "one among the first three")]
    public void Measure_equals_the_value_worked_by_hand(string measure, double expected, string how) =>
        Assert.True(Math.Abs(expected - Evaluator.Evaluate(Run, Qrels, [Measure.Parse(measure)])[measure]) < 1e-5, how);

    [Theory]
    [InlineData(ScorePrecision.Single)]
    [InlineData(ScorePrecision.Double)]
    public void Documents_are_ranked_by_score_of_either_sign_and_ties_by_id(ScorePrecision precision)
    {
        double[] scores = [0, -0.0, 3.5, -2, float.MaxValue, float.MinValue, 1e-42, -1e-42, 3.5, double.PositiveInfinity, double.NegativeInfinity, -2, 1e10];
        ScoredDocument[] documents = [.. scores.Select((score, place) => new ScoredDocument($"d{place:00}", score))];

        Assert.Equal(
            documents.OrderByDescending(document => document.Score).ThenByDescending(document => document.DocumentId, StringComparer.Ordinal),
            Evaluator.Rank(documents, precision));
    }

    [Fact]
    public void Ties_go_to_the_id_that_is_larger_in_bytes()
    {
        var documents = new[] { new ScoredDocument("d10", 1), new("d9", 1), new("\U0001F600", 1), new("\uFF41", 1), new("d", 1) };
        Assert.Equal(["\U0001F600", "\uFF41", "d9", "d10", "d"], Evaluator.Rank(documents).Select(document => document.DocumentId));
    }

    [Fact]
    public void Scores_that_differ_below_float32_are_ties_unless_asked_otherwise()
    {
        var documents = new[] { new ScoredDocument("a", 0.5 + 1e-12), new ScoredDocument("b", 0.5) };
        Assert.Equal("b", Evaluator.Rank(documents)[0].DocumentId);
        Assert.Equal("a", Evaluator.Rank(documents, ScorePrecision.Double)[0].DocumentId);
    }

    [Fact]
    public void Rule_says_what_was_counted()
    {
        var qrels = new Qrels().Add("q", "b", 1).Add("other", "b", 1);
        var left = Evaluator.Evaluate(Run, qrels);
        Assert.Contains("1 of 2 judged queries, those without a list left out", left.Rule, StringComparison.Ordinal);
        Assert.Contains("float32", left.Rule, StringComparison.Ordinal);
        var complete = Evaluator.Evaluate(Run, qrels, options: new EvaluationOptions { CountMissingQueries = true, ScorePrecision = ScorePrecision.Double });
        Assert.Contains("2 of 2 judged queries, those without a list count 0", complete.Rule, StringComparison.Ordinal);
        Assert.Equal(left["MRR@10"] / 2, complete["MRR@10"], 12);
    }

    [Fact]
    public void Document_with_the_id_of_the_query_is_left_out_where_asked()
    {
        var qrels = new Qrels().Add("a", "b", 1);
        var run = new RankedRun("self").Add("a", Documents("a", "b"));
        Assert.Equal(0.5, Evaluator.Evaluate(run, qrels)["MRR@10"]);
        Assert.Equal(1, Evaluator.Evaluate(run, qrels, options: new EvaluationOptions { RemoveSelf = true })["MRR@10"]);
    }

    [Fact]
    public void Query_without_relevant_documents_counts_zero_everywhere()
    {
        var result = Evaluator.Evaluate(Run, new Qrels().Add("q", "a", 0), [.. Measure.Default, Measure.Parse("Rprec"), Measure.Parse("Success@1")]);
        Assert.All(result.Measures, measure => Assert.Equal(0, result[measure]));
    }

    [Fact]
    public void Run_of_other_queries_is_refused() =>
        Assert.Contains(
            "none of the 1 queries", Assert.Throws<CdeException>(() => Evaluator.Evaluate(Run, new Qrels().Add("x", "a", 1))).Message, StringComparison.Ordinal);

    private static ScoredDocument[] Documents(params string[] ids) => [.. ids.Select((id, rank) => new ScoredDocument(id, 10 - rank))];

    [Fact]
    public void Ranking_is_sorting_by_score_then_by_id() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(Gen.Choose(-3, 3).ListOf().ToArbitrary(), scores =>
        {
            var documents = scores.Select((score, index) => new ScoredDocument($"d{index}", score + (index % 2 * 1e-12))).ToList();
            return new[] { ScorePrecision.Single, ScorePrecision.Double }.All(precision => Evaluator.Rank(documents, precision).SequenceEqual(
                documents.OrderByDescending(document => precision == ScorePrecision.Single ? (float)document.Score : document.Score).ThenByDescending(document => document.DocumentId, IdByteOrder.Instance)));
        }));
}
