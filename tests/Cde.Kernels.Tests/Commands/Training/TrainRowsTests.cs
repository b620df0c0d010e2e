using Cde.Kernels.Tests.Shell;
using Cde.Workbench.Models;
using Cde.Workbench.Training.Runs;

namespace Cde.Kernels.Tests.Commands;

public sealed class TrainRowsTests(TinyWorkspace workspace)
{
    [Fact]
    public async Task Train_on_some_examples_of_each_corpus_says_so_and_resumes_bit_for_bit()
    {
        var files = new[] { Data("left", 12), Data("right", 5) };
        var (straight, resumed) = (Folder("straight"), Folder("resumed"));

        var whole = await ShellRun.Of(Line(straight));
        var cut = await ShellRun.Of(Line(resumed) + " --minutes 0.00001"); // ends at the first checkpoint
        Assert.False(Directory.Exists(resumed.Model));
        var rest = await ShellRun.Of($"train --resume {resumed.Path} --quiet");

        Assert.True(whole.ExitCode == 0, whole.Error);
        Assert.True(rest.ExitCode == 0, cut.Error + rest.Error);
        Assert.Contains("2 domains, 11 queries, 11 documents (data.maxRows: at most 6 examples of each corpus)", whole.Error + whole.Output, StringComparison.Ordinal); // 6 of 12, and all 5
        Assert.Equal(Losses(straight), Losses(resumed));
        Assert.Equal(Weights(straight), Weights(resumed));

        string Line(RunFolder run) =>
            $"train --corpus {files[0]} --corpus {files[1]} --out {run.Path} --width 8 --layers 1 --heads 1 --vocabulary-size 200 --steps 6 --warmup-steps 0 --context-size 2 --batch-size 3 --checkpoint-every 2 --set data.maxRows=6";
    }

    [Fact]
    public async Task Train_of_another_number_of_examples_is_no_way_to_go_on()
    {
        var (file, run) = (Data("other", 9), Folder("other"));
        var first = await ShellRun.Of(Line(4) + " --minutes 0.00001");
        Assert.True(first.ExitCode == 0, first.Error);

        var refused = await ShellRun.Of(Line(5));

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("data.maxRows was 4, now 5", refused.Error, StringComparison.Ordinal);

        string Line(int rows) =>
            $"train --corpus {file} --out {run.Path} --width 8 --layers 1 --heads 1 --vocabulary-size 200 --steps 6 --warmup-steps 0 --context-size 2 --batch-size 2 --checkpoint-every 2 --set data.maxRows={rows}";
    }

    private RunFolder Folder(string name) => new(Path.Combine(workspace.Folder, "rows-" + name));

    private string Data(string name, int lines)
    {
        var path = Path.Combine(workspace.Folder, $"rows-{name}.jsonl");
        File.WriteAllLines(path, Enumerable.Range(0, lines).Select(i => $$"""{"query": "{{name}} question {{i}}", "pos": ["{{name}} answer {{i}}"]}"""));
        return path;
    }

    private static IEnumerable<double> Losses(RunFolder run) => TrainingLog.Read(run.Log).Select(record => record.Loss);

    private static IEnumerable<float> Weights(RunFolder run)
    {
        using var file = SafetensorsFile.Open(Path.Combine(run.Model, "model.safetensors"));
        return [.. file.Entries.Keys.Order(StringComparer.Ordinal).SelectMany(file.Floats)];
    }
}
