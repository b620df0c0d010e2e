using System.Text.Json;
using Cde.Kernels.Tests.Shell;
using Cde.Workbench.Corpora;

namespace Cde.Kernels.Tests.Commands;

public sealed class MineTests(TinyWorkspace workspace)
{
    private string Line => $"mine --corpus {TinyWorkspace.CorpusPath} --model {workspace.Model} --preset sentence-transformers --count 2";

    [Fact]
    public async Task Negatives_are_written_as_training_examples_that_train_and_batches_read()
    {
        var file = Path.Combine(workspace.Folder, "written.jsonl");

        var run = await ShellRun.Of($"{Line} --out {file} --json");

        Assert.Equal(0, run.ExitCode);
        var result = Result(run);
        var examples = TrainingFile.Read(file, cancellationToken: TestContext.Current.CancellationToken).Examples;
        Assert.Equal(result.GetProperty("queries").GetInt32(), examples.Count);
        Assert.Equal(result.GetProperty("negatives").GetInt32(), examples.Sum(example => example.Negatives.Count));
        Assert.All(examples, example => Assert.Empty(example.Negatives.Intersect(example.Positives)));
    }

    [Fact]
    public async Task Decisions_on_suspects_hold_for_the_next_run()
    {
        var review = Path.Combine(workspace.Folder, "review.jsonl");
        var before = Result(await ShellRun.Of($"{Line} --review {review} --json"));
        Assert.True(before.GetProperty("suspects").GetArrayLength() >= 2);

        await ShellRun.Of($"{Line} --review {review} --reject 1 --accept 2");
        var after = Result(await ShellRun.Of($"{Line} --review {review} --json"));

        Assert.Equal(1, after.GetProperty("droppedBy").GetProperty("rejected").GetInt32());
        var left = Texts(after);
        Assert.DoesNotContain(Texts(before)[0], left); // rejected
        Assert.DoesNotContain(Texts(before)[1], left); // accepted: kept, and no suspect
    }

    [Fact]
    public async Task Reasons_name_every_candidate_found()
    {
        var reasons = Path.Combine(workspace.Folder, "reasons.jsonl");

        var result = Result(await ShellRun.Of($"{Line} --reasons {reasons} --json"));

        var lines = await File.ReadAllLinesAsync(reasons, TestContext.Current.CancellationToken);
        Assert.Equal(result.GetProperty("negatives").GetInt32() + result.GetProperty("droppedBy").EnumerateObject().Sum(rule => rule.Value.GetInt32()), lines.Length);
        Assert.All(lines, line => Assert.True(JsonDocument.Parse(line).RootElement.TryGetProperty("kept", out _) ^ JsonDocument.Parse(line).RootElement.TryGetProperty("dropped", out _)));
    }

    [Fact]
    public async Task A_cross_encoder_gives_the_scores_that_count()
    {
        var reranker = TinyReranker.Write(Path.Combine(workspace.Folder, "tiny-reranker"));
        var reasons = Path.Combine(workspace.Folder, "reranked.jsonl");

        var run = await ShellRun.Of($"{Line} --reranker {reranker} --reasons {reasons} --json");

        Assert.True(run.ExitCode == 0, run.Error);
        var scores = (await File.ReadAllLinesAsync(reasons, TestContext.Current.CancellationToken)).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("score").GetDouble()).ToArray();
        Assert.All(scores, score => Assert.InRange(score, 0, 1));
        Assert.NotEqual(scores, scores.OrderDescending());
        Assert.Contains("leave one out", (await ShellRun.Of($"{Line} --reranker {reranker} --scores {reasons}")).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--range ten", 2, "expected START-END")]
    [InlineData("--range 9-3", 1, "ranks 9 to 3 are none")]
    [InlineData("--reject 1", 2, "need --review FILE")]
    [InlineData("--review nowhere.jsonl --reject 5000", 1, "there is no suspect 5000")]
    [InlineData("--preset nv-retreiver", 1, "did you mean nv-retriever?")]
    public async Task Wrong_options_are_named(string options, int exitCode, string expected)
    {
        var run = await ShellRun.Of($"{Line.Replace(options.StartsWith("--preset", StringComparison.Ordinal) ? " --preset sentence-transformers" : "never", "", StringComparison.Ordinal)} {options}");

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    private static JsonElement Result(ShellRun run) => JsonDocument.Parse(run.Output).RootElement.GetProperty("result");

    private static List<string> Texts(JsonElement result) =>
        [.. result.GetProperty("suspects").EnumerateArray().Select(suspect => suspect.GetProperty("query").GetString() + suspect.GetProperty("negative").GetString())];
}
