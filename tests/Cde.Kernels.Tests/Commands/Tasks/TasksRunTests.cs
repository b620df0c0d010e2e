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
    public async Task Models_are_compared_on_every_kind_of_task()
    {
        var (data, results) = (Path.Combine(workspace.Folder, "every-kind"), Path.Combine(workspace.Folder, "every-result"));
        Directory.CreateDirectory(Path.Combine(data, "topics"));
        string[] words = ["moon", "bread", "water", "stone", "engine", "violin"];
        string Labelled(int from) => "text,label\n" + string.Concat(Enumerable.Range(from, 24).Select(i => $"{words[i % 3]} {words[i % 5]} {i},{words[i % 3]}\n"));
        await File.WriteAllTextAsync(Path.Combine(data, "topics", "train.csv"), Labelled(0));
        await File.WriteAllTextAsync(Path.Combine(data, "topics", "test.csv"), Labelled(50));
        await File.WriteAllTextAsync(Path.Combine(data, "groups.csv"), Labelled(9));
        await File.WriteAllTextAsync(Path.Combine(data, "alike.csv"), "sentence1,sentence2,score\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{words[i % 6]} {i},{words[i % 4]} {i},{i % 6}\n")));
        await File.WriteAllTextAsync(Path.Combine(data, "same.csv"), "sentence1,sentence2,label\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{words[i % 6]} {i},{words[i % 4]} {i},{i % 2}\n")));
        await File.WriteAllTextAsync(Path.Combine(data, "order.jsonl"), string.Concat(words.Select(word => $"{{\"query\":\"{word}\",\"pos\":[\"{word}s\"],\"neg\":[\"salt\",\"cloud\"]}}\n")));
        await File.WriteAllTextAsync(Path.Combine(data, "summaries.jsonl"), string.Concat(words.Select(word => $"{{\"human_summaries\":[\"{word} shines\"],\"machine_summaries\":[\"{word}\",\"shines\",\"else\"],\"relevance\":[5,3,1]}}\n")));
        string[] paths = [.. ((string[])["topics", "groups.csv", "alike.csv", "same.csv", "order.jsonl", "summaries.jsonl"]).Select(name => Path.Combine(data, name)), TinyWorkspace.CorpusPath];
        foreach (var model in (string[])[workspace.Model, workspace.PlainModel])
        {
            var run = await ShellRun.Of($"tasks run {string.Join(' ', paths)} --model {model} --save {results} --quiet");
            Assert.True(run.ExitCode == 0, run.Error);
        }

        var compared = await ShellRun.Of($"compare {results}/tiny {results}/tiny-plain --baseline tiny --draws 200 --json --quiet");

        Assert.True(compared.ExitCode == 0, compared.Error);
        var result = JsonDocument.Parse(compared.Output).RootElement.GetProperty("result");
        var tasks = result.GetProperty("comparison").GetProperty("tasks").EnumerateArray().ToList();
        Assert.Equal(7, tasks.Count);
        Assert.All(tasks, task => Assert.True(Assert.Single(task.GetProperty("pairs").EnumerateArray()).GetProperty("adjustedPValue").GetDouble() <= 1, task.GetRawText()));
        Assert.Equal(
            ["AveragePrecision", "Mean", "Mean", "Mean", "Mean", "Spearman", "VMeasure"],
            tasks.Select(task => task.GetProperty("statistics")[0].GetString()!).Order(StringComparer.Ordinal));
        var shown = result.GetProperty("queries")[0];
        Assert.Equal("tiny-plain", shown.GetProperty("first").GetString());
        Assert.All(shown.GetProperty("wins").EnumerateArray().Concat(shown.GetProperty("losses").EnumerateArray()), query => Assert.NotEmpty(query.GetProperty("text").GetString()!));
    }

    [Fact]
    public async Task A_cross_encoder_puts_candidates_in_order_and_the_result_file_says_so()
    {
        var (data, results) = (Path.Combine(workspace.Folder, "candidates.jsonl"), Path.Combine(workspace.Folder, "cross-results"));
        await File.WriteAllTextAsync(data, "{\"query\":[\"moon\",\"sky\"],\"pos\":[\"the moon\"],\"neg\":[\"bread\",\"salt\"]}\n{\"query\":\"salt\",\"pos\":[\"salty\"],\"neg\":[\"bridge\"]}\n");
        var reranker = TinyReranker.Write(Path.Combine(workspace.Folder, "cross"));

        var run = await ShellRun.Of($"tasks run {data} --rerank {reranker} --save {results} --quiet");
        var retrieval = await ShellRun.Of($"tasks run {TinyWorkspace.CorpusPath} --model {workspace.PlainModel} --rerank {reranker} --rerank-top 3 --save {results} --json --quiet");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("by cross-encoder cross", run.Output, StringComparison.Ordinal);
        Assert.Equal("cross", JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(results, "cross", "candidates.json"))).RootElement.GetProperty("reranker").GetString());
        Assert.True(retrieval.ExitCode == 0, retrieval.Error);
        Assert.Contains("the first 3 documents of each query ordered anew by cross-encoder cross", retrieval.Output, StringComparison.Ordinal);
        Assert.StartsWith("cross ", JsonDocument.Parse(retrieval.Output).RootElement.GetProperty("provenance").GetProperty("reranker").GetString(), StringComparison.Ordinal);
        Assert.True(Directory.Exists(Path.Combine(results, "tiny-plain+cross", "items")));
    }

    [Fact]
    public async Task A_cross_encoder_is_refused_where_nothing_is_put_in_order()
    {
        var data = Path.Combine(workspace.Folder, "no-order.csv");
        await File.WriteAllTextAsync(data, "sentence1,sentence2,score\na,b,1\nc,d,2\n");
        var run = await ShellRun.Of($"tasks run {data} --rerank some-reranker");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("--rerank some-reranker: a cross-encoder orders documents for queries, which no-order (Sts) has none of", run.Error, StringComparison.Ordinal);
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
