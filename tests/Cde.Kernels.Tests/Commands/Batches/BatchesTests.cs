using System.Text.Json;
using Cde.Kernels.Tests.Shell;

namespace Cde.Kernels.Tests.Commands;

public class BatchesTests(TinyWorkspace workspace)
{
    [Theory]
    [InlineData("random", 1)]
    [InlineData("domain", 2)]
    [InlineData("cluster", 2)]
    [InlineData("cluster-within-domain", 2)]
    [InlineData("length", 2)]
    public async Task A_sampler_stands_beside_random_batches(string sampler, int rows)
    {
        using var document = JsonDocument.Parse((await ShellRun.Of($"{Line} --sampler {sampler} --json")).Output);

        var result = document.RootElement.GetProperty("result");
        Assert.Equal(rows, result.GetProperty("samplers").GetArrayLength());
        Assert.Equal((sampler, 2), (result.GetProperty("samplers")[0].GetProperty("name").GetString(), result.GetProperty("samplers")[0].GetProperty("batches").GetInt32()));
        Assert.Equal(5, result.GetProperty("pairs").GetInt32());
        Assert.Equal(2, result.GetProperty("batches").GetArrayLength());
    }

    [Theory]
    [InlineData("cluster")]
    [InlineData("cluster-within-domain")]
    public async Task Pairs_are_clustered_by_their_words_where_asked(string sampler)
    {
        var file = Path.Combine(workspace.Folder, sampler + "-topics.jsonl");
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, 8).Select(i => $$"""{"query": "about {{Topic(i)}} {{i}}", "pos": ["{{Topic(i)}} {{Topic(i)}} it is"]}"""));

        using var document = JsonDocument.Parse(
            (await ShellRun.Of($"batches --corpus {file} --model {workspace.Model} --batch-size 4 --cluster-size 4 --packing tour --sampler {sampler} --cluster-by bm25 --queries 4 --json --quiet")).Output);

        var result = document.RootElement.GetProperty("result");
        Assert.Equal(2, result.GetProperty("clusters").GetInt32());
        Assert.All(result.GetProperty("batches").EnumerateArray(), batch =>
            Assert.Single(batch.GetProperty("queries").EnumerateArray().Select(query => query.GetString()!.Split(' ')[1]).Distinct()));

        static string Topic(int pair) => pair % 2 == 0 ? "streams" : "clocks";
    }

    [Fact]
    public async Task Training_files_are_batched_domain_by_domain()
    {
        var folder = Directory.CreateDirectory(Path.Combine(workspace.Folder, "pairs")).FullName;
        foreach (var name in (string[])["one", "two"])
        {
            await File.WriteAllLinesAsync(
                Path.Combine(folder, name + ".jsonl"),
                Enumerable.Range(0, 4).Select(i => $$"""{"query": "{{name}} query {{i}}", "pos": ["{{name}} answer {{i}}"]}"""));
        }

        var run = await ShellRun.Of($"batches --corpus {folder} --model {workspace.Model} --sampler domain --batch-size 4 --distinct --filter threshold --threshold -1 --quiet");

        Assert.Contains("8 pairs of", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"domain +2 +4 +1 ", run.Output);
        Assert.Contains("100.0 %", run.Output, StringComparison.Ordinal); // every negative scores above a cosine of -1
    }

    [Fact]
    public async Task One_batch_is_shown_whole()
    {
        using var document = JsonDocument.Parse((await ShellRun.Of($"{Line} --sampler cluster --batch 1 --rows 1 --json")).Output);
        var text = (await ShellRun.Of($"{Line} --sampler cluster --batch 1")).Output;

        var detail = document.RootElement.GetProperty("result").GetProperty("detail");
        Assert.Equal((1, 2, 1), (detail.GetProperty("batch").GetInt32(), detail.GetProperty("size").GetInt32(), detail.GetProperty("rows").GetArrayLength()));
        Assert.Contains("2 queries x 2 documents, cosine", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_that_the_epoch_does_not_have_is_refused()
    {
        var run = await ShellRun.Of($"{Line} --sampler cluster --batch 7");

        Assert.Contains("--batch 7: the epoch has 2 batches, from 0; name one of them", run.Error, StringComparison.Ordinal);
    }

    private string Line => $"batches --corpus {TinyWorkspace.CorpusPath} --model {workspace.Model} --batch-size 2 --cluster-size 2 --packing tour --quiet";
}
