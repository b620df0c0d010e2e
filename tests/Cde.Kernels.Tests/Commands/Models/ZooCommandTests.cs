using System.Text.Json;
using Cde.Kernels.Tests.Shell;

namespace Cde.Kernels.Tests.Commands;

/// <summary>models list, info and verify as a user types them.</summary>
public sealed class ZooCommandTests(TinyWorkspace workspace)
{
    [Fact]
    public async Task List_family_shows_its_models_with_pooling_prompts_and_licence()
    {
        var models = await ListAsync("--family gist");

        Assert.Equal(["GIST-small-Embedding-v0", "GIST-Embedding-v0", "GIST-large-Embedding-v0", "GIST-all-MiniLM-L6-v2"], models.Select(model => model.GetProperty("name").GetString()));
        Assert.Equal("cls", models[0].GetProperty("pooling").GetString());
        Assert.Equal("MIT", models[0].GetProperty("licence").GetString());
        Assert.False(models[0].GetProperty("isPresent").GetBoolean());
    }

    [Fact]
    public async Task List_text_is_looked_for_in_names_and_descriptions()
    {
        var multilingual = await ListAsync("multilingual");
        Assert.All(multilingual, model => Assert.True(Has(model, "name") || Has(model, "what"), model.ToString()));
        Assert.Contains(multilingual, model => Has(model, "name") && !Has(model, "what"));
        Assert.Contains(multilingual, model => model.GetProperty("name").GetString() == "nomic-embed-text-v2-moe" && Has(model, "what"));
        Assert.Contains(await ListAsync("chinese"), model => model.GetProperty("name").GetString() == "m3e-base");
        Assert.Empty(await ListAsync("no-such-model"));

        static bool Has(JsonElement model, string field) => model.GetProperty(field).GetString()!.Contains("multilingual", StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task List_unknown_family_is_refused_with_the_nearest()
    {
        var run = await ShellRun.Of("models list --family gisst");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("did you mean gist?", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_here_shows_shipped_and_downloaded_models_and_those_without_an_entry()
    {
        var home = Path.Combine(workspace.Folder, "cache", "models");
        try
        {
            Copy(workspace.PlainModel, Path.Combine(home, "e5-small"));
            Copy(workspace.PlainModel, Path.Combine(home, "my-own-model"));

            Assert.Equal(["cde-mini", "e5-small", "my-own-model"], (await ListAsync("--here")).Select(model => model.GetProperty("name").GetString()));
            Assert.Equal(0, (await ShellRun.Of("models info my-own-model")).ExitCode);
            var info = await ShellRun.Of("models info e5-small");
            Assert.True(info.ExitCode == 0, info.Error);
            Assert.Contains("intfloat/e5-small", info.Output, StringComparison.Ordinal);
            Assert.Contains("biencoder", info.Output, StringComparison.Ordinal); // what its files say
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    [Fact]
    public async Task Info_model_that_is_not_here_shows_its_entry_and_how_to_get_it()
    {
        var run = await ShellRun.Of("models info BAAI/bge-small-zh-v1.5");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("为这个句子生成表示以用于检索相关文章", run.Output, StringComparison.Ordinal);
        Assert.Contains("7999e1d3359715c523056ef9478215996d62a620", run.Output, StringComparison.Ordinal);
        Assert.Contains("./cde models download bge-small-zh-v1.5", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Info_reranker_says_what_it_is_for()
    {
        var run = await ShellRun.Of("models info bge-reranker-v2-m3");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("Apache-2.0", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("width", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_equal_vectors_succeeds_and_shows_every_text()
    {
        var run = await ShellRun.Of($"models verify {workspace.PlainModel} --published tiny --vectors {PublishedFiles.OfPlainModel(workspace)} --json --quiet");

        Assert.True(run.ExitCode == 0, run.Error);
        var texts = JsonDocument.Parse(run.Output).RootElement.GetProperty("result").GetProperty("texts").EnumerateArray().ToList();
        Assert.Equal(["the moon", "salt"], texts.Select(text => text.GetProperty("text").GetString()));
        Assert.All(texts, text => Assert.InRange(text.GetProperty("greatestDifference").GetDouble(), 0, 1e-6));
    }

    [Fact]
    public async Task Verify_other_vectors_fails_and_says_by_how_much()
    {
        var run = await ShellRun.Of($"models verify {workspace.PlainModel} --published tiny --vectors {PublishedFiles.OfPlainModel(workspace, 0.02)}");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("differs from what was published in 1 of 2 vectors, by up to 2.0e-2", run.Error, StringComparison.Ordinal);
        Assert.Contains("NO", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bge-small-en-v1.5", "is not on this machine, so there is nothing to compare; get it with: ./cde models download bge-small-en-v1.5")]
    [InlineData("cde-mini", "no vectors of cde-mini are published")]
    [InlineData("no-such-model", "model \"no-such-model\" is neither a folder with a config.json nor a known model")]
    [InlineData("/tmp/no/such/folder", "model \"/tmp/no/such/folder\" is neither a folder with a config.json nor a known model")]
    public async Task Verify_nothing_to_compare_says_so_in_one_line(string model, string expected)
    {
        var run = await ShellRun.Of($"models verify {model}");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
    }

    private static async Task<List<JsonElement>> ListAsync(string arguments)
    {
        var run = await ShellRun.Of($"models list {arguments} --json --quiet");
        Assert.True(run.ExitCode == 0, run.Error);
        return [.. JsonDocument.Parse(run.Output).RootElement.GetProperty("result").GetProperty("models").EnumerateArray()];
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
