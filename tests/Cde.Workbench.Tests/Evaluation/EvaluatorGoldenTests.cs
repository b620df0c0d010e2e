using System.Globalization;
using System.Text.Json;
using Cde.Testing;
using Cde.Workbench.Corpora;
using Cde.Workbench.Evaluation;

namespace Cde.Workbench.Tests.Evaluation;

[Trait("Category", "Golden")]
public sealed class EvaluatorGoldenTests
{
    private const string Case = "case07_metrics_retrieval";
    private const double Tolerance = 1e-9;

    public static TheoryData<string, string> Columns => new()
    {
        { "trec_eval 9.0.8", nameof(ScorePrecision.Single) },
        { "trec_eval 10.0", nameof(ScorePrecision.Double) },
    };

    [Theory]
    [MemberData(nameof(Columns))]
    public void Values_of_every_query_and_means_equal_trec_eval(string column, string precision)
    {
        var (run, qrels, expected) = Open();
        var values = expected.EnumerateObject().Single(entry => entry.Name.StartsWith(column, StringComparison.Ordinal)).Value;
        var means = values.GetProperty("mean");
        var measures = means.EnumerateObject().Select(entry => (entry.Name, Measure: TrecEvalNames.Find(entry.Name))).Where(entry => entry.Measure is not null).ToList();
        Assert.True(measures.Count > 20);
        var result = Evaluator.Evaluate(
            run, qrels, [.. measures.Select(entry => entry.Measure!).Distinct()], new EvaluationOptions { ScorePrecision = Enum.Parse<ScorePrecision>(precision) });
        Assert.Equal(means.GetProperty("num_q").GetDouble(), result.CountedQueries);
        foreach (var (name, measure) in measures)
        {
            Assert.Equal(means.GetProperty(name).GetDouble(), result[measure!], Tolerance);
            for (var index = 0; index < result.QueryIds.Count; index++)
            {
                var wanted = values.GetProperty("per_query").GetProperty(result.QueryIds[index]).GetProperty(name).GetDouble();
                Assert.True(
                    Math.Abs(wanted - result.PerQuery(measure!)[index]) <= Tolerance, $"{name} of {result.QueryIds[index]}: {wanted}, found {result.PerQuery(measure!)[index]}");
            }
        }
    }

    [Fact]
    public void Means_over_all_judged_queries_equal_trec_eval_c()
    {
        var (run, qrels, expected) = Open();
        var means = expected.GetProperty("trec_eval 9.0.8").EnumerateObject().Single(entry => entry.Name.StartsWith("mean_complete", StringComparison.Ordinal)).Value;
        var measures = means.EnumerateObject().Select(entry => (entry.Name, Measure: TrecEvalNames.Find(entry.Name))).Where(entry => entry.Measure is not null).ToList();
        Assert.NotEmpty(measures);
        var result = Evaluator.Evaluate(
            run, qrels, [.. measures.Select(entry => entry.Measure!).Distinct()], new EvaluationOptions { CountMissingQueries = true });
        Assert.Equal(means.GetProperty("num_q").GetDouble(), result.CountedQueries);
        foreach (var (name, measure) in measures)
            Assert.Equal(means.GetProperty(name).GetDouble(), result[measure!], Tolerance);
    }

    [Fact]
    public void Reciprocal_ranks_with_a_cutoff_equal_mteb()
    {
        var (run, qrels, expected) = Open();
        var mteb = expected.GetProperty("mteb");
        var order = mteb.GetProperty("query_order").EnumerateArray().Select(query => query.GetString()!).ToList();
        foreach (var entry in mteb.GetProperty("mrr").EnumerateObject())
        {
            var measure = Measure.Parse(entry.Name);
            var result = Evaluator.Evaluate(run, qrels, [measure], new EvaluationOptions { ScorePrecision = ScorePrecision.Double });
            var values = result.QueryIds.Zip(result.PerQuery(measure)).ToDictionary(pair => pair.First, pair => pair.Second);
            foreach (var (query, wanted) in order.Zip(entry.Value.EnumerateArray()))
                Assert.Equal(wanted.GetDouble(), values[query], Tolerance);
            Assert.Equal(mteb.GetProperty("mrr_mean").GetProperty(entry.Name).GetDouble(), result[measure], Tolerance);
        }
    }

    [Theory]
    [InlineData("recall_cap", "R_cap", 0)]
    [InlineData("hole", "Hole", 1)]
    public void Capped_recall_and_hole_equal_mteb(string group, string name, double withoutRelevant)
    {
        var (run, qrels, expected) = Open();
        var mteb = expected.GetProperty("mteb");
        var order = mteb.GetProperty("query_order").EnumerateArray().Select(query => query.GetString()!).ToList();
        foreach (var entry in mteb.GetProperty(group).EnumerateObject())
        {
            var measure = Measure.Parse($"{name}@{entry.Name[(entry.Name.LastIndexOf('_') + 1)..]}");
            var result = Evaluator.Evaluate(run, qrels, [measure], EvaluationProfile.Mteb);
            var values = result.QueryIds.Zip(result.PerQuery(measure)).ToDictionary(pair => pair.First, pair => pair.Second);
            foreach (var (query, wanted) in order.Zip(entry.Value.EnumerateArray()))
            {
                if (wanted.ValueKind == JsonValueKind.Null)
                    Assert.True(values[query] == 0 && withoutRelevant == 0, $"{query} has no relevant document");
                else
                    Assert.Equal(wanted.GetDouble(), values[query], Tolerance);
            }
        }
    }

    [Fact]
    public void The_two_rules_differ_on_the_named_queries_only()
    {
        var (run, qrels, expected) = Open();
        var named = expected.GetProperty("queries_where_9.0.8_and_10.0_differ").EnumerateArray().Select(query => query.GetString()!).ToHashSet();
        Assert.NotEmpty(named);
        foreach (var query in qrels.QueryIds.Where(run.ContainsKey))
        {
            var same = Evaluator.Rank(run[query]).SequenceEqual(Evaluator.Rank(run[query], ScorePrecision.Double));
            Assert.True(same || named.Contains(query), $"the order of {query} differs");
        }

        var queryThatDiffers = named.First();
        Assert.False(Evaluator.Rank(run[queryThatDiffers]).SequenceEqual(Evaluator.Rank(run[queryThatDiffers], ScorePrecision.Double)));
    }

    private static (RankedRun Run, Qrels Qrels, JsonElement Expected) Open()
    {
        var folder = TestFolders.GoldenCase(Case);
        var inputs = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "inputs.json"))).RootElement;
        var qrels = new Qrels();
        foreach (var fields in Lines("qrels"))
            qrels.Add(fields[0], fields[2], int.Parse(fields[3], CultureInfo.InvariantCulture));
        var run = new RankedRun("golden");
        foreach (var query in Lines("run").GroupBy(fields => fields[0]))
            run.Add(query.Key, [.. query.Select(fields => new ScoredDocument(fields[2], double.Parse(fields[4], CultureInfo.InvariantCulture)))]);
        return (run, qrels, JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "expected.json"))).RootElement);

        IEnumerable<string[]> Lines(string name) =>
            File.ReadLines(Path.Combine(folder, inputs.GetProperty(name).GetString()!))
                .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Where(fields => fields.Length > 0);
    }
}
