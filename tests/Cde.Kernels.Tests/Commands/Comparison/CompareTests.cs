using System.Globalization;
using System.Text.Json;
using Cde.Kernels.Tests.Shell;
using Cde.Workbench.Evaluation;

namespace Cde.Kernels.Tests.Commands;

public sealed class CompareTests(TinyWorkspace workspace)
{
    private string File(string name) => Path.Combine(workspace.Folder, "compare", name);

    [Fact]
    public async Task Runs_score_files_and_searches_of_one_system_are_equal()
    {
        var (run, scores) = (File("bm25.run"), File("bm25.json"));
        var saved = await ShellRun.Of($"evaluate --corpus {TinyWorkspace.CorpusPath} --method bm25 --save-run {run} --save-scores {scores}");
        Assert.True(saved.ExitCode == 0, saved.Error);

        var compared = await ShellRun.Of($"compare bm25 {run} {scores} --corpus {TinyWorkspace.CorpusPath} --json --quiet");

        Assert.True(compared.ExitCode == 0, compared.Error);
        var task = JsonDocument.Parse(compared.Output).RootElement.GetProperty("result").GetProperty("comparison").GetProperty("tasks")[0];
        Assert.Single(task.GetProperty("means").EnumerateArray().Select(mean => mean.GetDouble()).Distinct());
        Assert.Equal(["a", "a", "a"], task.GetProperty("letters").EnumerateArray().Select(letter => letter.GetString()));
        Assert.All(task.GetProperty("pairs").EnumerateArray(), pair => Assert.Equal(1, pair.GetProperty("adjustedPValue").GetDouble()));
    }

    [Fact]
    public async Task Differences_of_a_run_are_found_query_by_query_with_texts()
    {
        var run = File("worse.run");
        await ShellRun.Of($"evaluate --corpus {TinyWorkspace.CorpusPath} --method bm25 --save-run {run}");
        var lines = await System.IO.File.ReadAllLinesAsync(run);
        // The first query loses what it found.
        var first = lines[0].Split(' ')[0];
        await System.IO.File.WriteAllLinesAsync(run, [$"{first} Q0 nowhere 1 1 worse", .. lines.Where(line => !line.StartsWith(first + " ", StringComparison.Ordinal))]);
        var perQuery = File("queries.tsv");

        var compared = await ShellRun.Of($"compare bm25 {run} --corpus {TinyWorkspace.CorpusPath} --per-query {perQuery} --figure {File("differences.svg")}");

        Assert.True(compared.ExitCode == 0, compared.Error);
        Assert.Contains("where bm25 is most above worse", compared.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("most below", compared.Output, StringComparison.Ordinal);
        var changed = (await System.IO.File.ReadAllLinesAsync(perQuery)).Skip(1).Select(line => line.Split('\t'))
            .Where(columns => double.Parse(columns[3], CultureInfo.InvariantCulture) != double.Parse(columns[4], CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(first, Assert.Single(changed)[1]);
        Assert.NotEmpty(changed[0][2]);
        Assert.StartsWith("<svg", await System.IO.File.ReadAllTextAsync(File("differences.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_of_scores_is_compared_on_its_tasks()
    {
        foreach (var (system, shift) in ((string, double)[])[("one", 0.0), ("two", 0.2)])
        {
            foreach (var task in (string[])["alpha", "beta"])
                ScoreFile.Write(File($"{system}/{task}.json"), new SystemScores(task, system, ["MAP"], [.. Enumerable.Range(0, 30).Select(i => new ScoredItem($"{i}", $"text {i}", [0.3 + shift + (0.01 * (i % 7))]))], "rule"));
        }

        var compared = await ShellRun.Of($"compare {File("one")} {File("two")} --measure MAP");

        Assert.True(compared.ExitCode == 0, compared.Error);
        Assert.Contains("mean of the tasks", compared.Output, StringComparison.Ordinal);
        Assert.Contains("0.5283 a", compared.Output, StringComparison.Ordinal);
        Assert.Contains("0.3283 b", compared.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("compare bm25", 2, "two systems or more")]
    [InlineData("compare bm25 cde-mimi --corpus {0}", 1, "did you mean cde-mini")]
    [InlineData("compare {1} bm25 --qrels {0}/qrels/test.tsv", 1, "bm25 searches, for which the corpus is needed")]
    [InlineData("compare {1} {1}", 1, "--corpus")]
    [InlineData("compare {1} {1} --corpus {0} --corpus {0}", 1, "is one run and there are 2 tasks")]
    [InlineData("compare bm25 {2} --corpus {0}", 1, "neither a model")]
    public async Task What_cannot_be_compared_is_told_in_one_line(string line, int exitCode, string expected)
    {
        var (run, empty) = (File("some.run"), File("empty"));
        Directory.CreateDirectory(empty);
        await System.IO.File.WriteAllTextAsync(run, "q1 Q0 d1 1 1 some\n");

        var compared = await ShellRun.Of(string.Format(CultureInfo.InvariantCulture, line, TinyWorkspace.CorpusPath, run, empty));

        Assert.Equal(exitCode, compared.ExitCode);
        Assert.Contains(expected, compared.Error, StringComparison.Ordinal);
    }
}
