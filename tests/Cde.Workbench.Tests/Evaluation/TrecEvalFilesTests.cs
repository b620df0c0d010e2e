using System.Globalization;
using Cde.Testing;
using Cde.Workbench.Corpora;
using Cde.Workbench.Evaluation;

namespace Cde.Workbench.Tests.Evaluation;

/// <summary>trec_eval's own test files: every value that it prints and we have, to the four decimals that it prints.</summary>
public sealed class TrecEvalFilesTests
{
    [Theory]
    [InlineData("out.test", "qrels.test", "results.test", 1, 0, 10)] // the official measures alone
    [InlineData("out.test.a", "qrels.test", "results.test", 1, 0, 40)]
    [InlineData("out.test.aq", "qrels.test", "results.test", 1, 0, 150)]
    [InlineData("out.test.aqc", "qrels.test", "results.trunc", 1, 0, 150)]
    [InlineData("out.test.aqcM", "qrels.test", "results.trunc", 1, 100, 150)]
    [InlineData("out.test.aql", "qrels.rel_level", "results.test", 2, 0, 150)]
    public void Printed_values_are_ours(string printed, string qrelsFile, string runFile, int relevance, int depth, int atLeast)
    {
        var qrels = QrelsFile.Read(TestFolders.Data("trec_eval_test", qrelsFile));
        var run = Cut(RunFile.Read(TestFolders.Data("trec_eval_test", runFile)), depth);
        var lines = File.ReadLines(TestFolders.Data("trec_eval_test", printed)).Select(line => line.Split('\t', StringSplitOptions.TrimEntries))
            .Select(fields => (Name: fields[0], Query: fields[1], Text: fields[2], Measure: TrecEvalNames.Find(fields[0], relevance))).Where(line => line.Measure is not null).ToList();
        Assert.True(lines.Count >= atLeast, $"{lines.Count} lines have measures of ours");
        var options = new EvaluationOptions { CountMissingQueries = printed.Contains("qc", StringComparison.Ordinal) };
        var result = Evaluator.Evaluate(run, qrels, [.. lines.Select(line => line.Measure!).Distinct()], options);
        foreach (var (name, query, text, measure) in lines)
        {
            var place = result.QueryIds.ToList().IndexOf(query);
            // With -c trec_eval prints queries that the run lacks too, as 0.
            var value = query == "all" ? result[measure!] : place < 0 ? 0 : result.PerQuery(measure!)[place];
            Assert.True(value.ToString("0.0000", CultureInfo.InvariantCulture) == text, $"{name} of {query}: {text} printed, ours is {value:R}");
        }
    }

    // trec_eval -M: the best documents of each query alone.
    private static RankedRun Cut(RankedRun run, int depth)
    {
        if (depth == 0)
            return run;
        var cut = new RankedRun(run.Name);
        foreach (var (query, documents) in run)
            cut.Add(query, [.. Evaluator.Rank(documents).Take(depth)]);
        return cut;
    }
}
