using System.Text.Json;
using Cde.Kernels.Tests.Shell;

namespace Cde.Kernels.Tests.Commands;

public sealed class TasksRunTests(TinyWorkspace workspace)
{
    [Fact]
    public async Task Results_are_saved_as_mtebs_and_their_items_are_compared()
    {
        var (data, results) = (Path.Combine(workspace.Folder, "task-data"), Path.Combine(workspace.Folder, "task-results"));
        Directory.CreateDirectory(data);
        await File.WriteAllTextAsync(Path.Combine(data, "stsb-en-test.csv"), "the moon is up,the moon is high,4\nbread and salt,a car on a bridge,0\nwater falls,falling water,5\n");
        await File.WriteAllTextAsync(Path.Combine(data, "order.jsonl"), "{\"query\":\"moon\",\"pos\":[\"the moon\"],\"neg\":[\"bread\",\"salt\"]}\n{\"query\":\"salt\",\"pos\":[\"salty\"],\"neg\":[\"bridge\"]}\n");
        string[] models = [workspace.Model, workspace.PlainModel];
        foreach (var model in models)
        {
            var run = await ShellRun.Of($"tasks run {data} --model {model} --save {results} --json --quiet");
            Assert.True(run.ExitCode == 0, run.Error);
            var tasks = JsonDocument.Parse(run.Output).RootElement.GetProperty("result").GetProperty("results").EnumerateArray().ToList();
            Assert.Equal(["Sts"], tasks.Select(task => task.GetProperty("task").GetProperty("kind").GetString()));
            Assert.Equal(0, (await ShellRun.Of($"tasks run {data}/order.jsonl --model {model} --save {results} --quiet")).ExitCode);
        }

        var saved = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(results, "tiny", "STSBenchmark.json"))).RootElement;
        Assert.Equal("STSBenchmark", saved.GetProperty("task_name").GetString());
        Assert.True(File.Exists(Path.Combine(results, "tiny-plain", "order.json")));
        var compared = await ShellRun.Of($"compare {results}/tiny/items {results}/tiny-plain/items");
        Assert.True(compared.ExitCode == 0, compared.Error);
        Assert.StartsWith("main_score", compared.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Published_scores_stand_beside_ours()
    {
        var data = Path.Combine(workspace.Folder, "published");
        Directory.CreateDirectory(data);
        await File.WriteAllTextAsync(Path.Combine(data, "STS-B.test.data"), "月亮\t月\t4\n面包\t水\t0\n");

        var run = await ShellRun.Of($"tasks run {data} --model {workspace.PlainModel}");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("multilingual-e5-small", run.Output, StringComparison.Ordinal);
        Assert.Contains("tiny-plain (here)", run.Output, StringComparison.Ordinal);
    }
}
