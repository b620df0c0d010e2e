using System.Text.Json;
using Cde.Kernels.Tests.Shell;
using Cde.Testing;
using Cde.Workbench.Corpora;

namespace Cde.Kernels.Tests.Commands;

public sealed class MineRoundsTests(TinyWorkspace workspace) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Line => $"mine rounds --corpus {TinyWorkspace.CorpusPath} --model {workspace.Model} --preset sentence-transformers --count 1 {CommandLines.Brief} --out {_folder.Path} --quiet";

    [Fact]
    public async Task Each_round_mines_with_the_model_of_the_last_and_a_second_command_adds_rounds()
    {
        var one = await ShellRun.Of(Line + " --rounds 1");
        Assert.Equal(0, one.ExitCode);
        var mined = File.GetLastWriteTimeUtc(Path.Combine(_folder.Path, "round-1", "negatives.jsonl"));

        var two = await ShellRun.Of(Line + " --rounds 2 --json");

        Assert.Equal(0, two.ExitCode);
        var rounds = JsonDocument.Parse(two.Output).RootElement.GetProperty("result").GetProperty("rounds");
        Assert.Equal(2, rounds.GetArrayLength());
        Assert.Equal(workspace.Model, rounds[0].GetProperty("mined").GetProperty("model").GetString());
        Assert.Equal(Path.Combine(_folder.Path, "round-1", "run", "model"), rounds[1].GetProperty("mined").GetProperty("model").GetString());
        Assert.Equal(mined, File.GetLastWriteTimeUtc(Path.Combine(_folder.Path, "round-1", "negatives.jsonl"))); // not mined again
        var examples = TrainingFile.Read(Path.Combine(_folder.Path, "round-2", "negatives.jsonl"), cancellationToken: TestContext.Current.CancellationToken).Examples;
        Assert.Equal(rounds[1].GetProperty("mined").GetProperty("negatives").GetInt32(), examples.Sum(example => example.Negatives.Count));
        Assert.True(File.Exists(Path.Combine(_folder.Path, "round-2", "run", "model", "config.json")));
    }

    [Fact]
    public async Task A_round_that_mined_but_did_not_train_goes_on_with_the_training()
    {
        await ShellRun.Of(Line + " --rounds 1");
        Directory.Delete(Path.Combine(_folder.Path, "round-1", "run"), recursive: true);
        var mined = File.GetLastWriteTimeUtc(Path.Combine(_folder.Path, "round-1", "negatives.jsonl"));

        var again = await ShellRun.Of(Line + " --rounds 1");

        Assert.Equal(0, again.ExitCode);
        Assert.Equal(mined, File.GetLastWriteTimeUtc(Path.Combine(_folder.Path, "round-1", "negatives.jsonl")));
        Assert.True(Directory.Exists(Path.Combine(_folder.Path, "round-1", "run", "model")));
    }

    [Theory]
    [InlineData("--count 2", "rounds were begun with count 1, not 2")]
    [InlineData("--reject 1", "decide with mine --review FILE")]
    [InlineData("--form triplet", "rounds train on the form flag")]
    public async Task What_does_not_fit_the_rounds_is_refused(string options, string expected)
    {
        await ShellRun.Of(Line + " --rounds 1");

        var run = await ShellRun.Of($"{Line.Replace("--count 1 ", options.StartsWith("--count", StringComparison.Ordinal) ? "" : "--count 1 ", StringComparison.Ordinal)} --rounds 1 {options}");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
