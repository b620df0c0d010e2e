using System.Text.Json;
using Cde.Kernels.Tests.Languages.Sql;
using Cde.Kernels.Tests.Shell;
using Cde.Workbench.Embedding;

namespace Cde.Kernels.Tests.Commands;

[Collection(PostgresCollection.Name)]
public class ExportTests(TinyWorkspace workspace, PostgresServer postgres)
{
    private string Model => $"--corpus {TinyWorkspace.CorpusPath} --model {workspace.Model}";

    [Theory]
    [InlineData("csv", "vectors.csv")]
    [InlineData("projector", "vectors.tsv", "metadata.tsv")]
    [InlineData("faiss", "index.faiss", "ids.jsonl")]
    [InlineData("faiss-l2", "index.faiss", "ids.jsonl")]
    public async Task A_search_in_what_was_exported_finds_what_a_search_in_the_corpus_finds(string format, params string[] files)
    {
        var folder = Path.Combine(workspace.Folder, $"exported-{format}");
        var result = Result(await RunAsync($"export {format} --to {folder} {Model} --json"));

        Assert.Equal(16, result.GetProperty("count").GetInt32());
        Assert.Equal(files, result.GetProperty("files").EnumerateArray().Select(file => file.GetString()));
        await AssertSameSearchAsync($"--in {folder}");
    }

    [Fact]
    public async Task A_saved_matrix_is_searched_and_exported()
    {
        var file = Path.Combine(workspace.Folder, "searched.safetensors");
        var folder = Path.Combine(workspace.Folder, "exported-matrix");
        await RunAsync($"embed {Model} --out {file}");
        await AssertSameSearchAsync($"--in {file}");

        Result(await RunAsync($"export faiss --vectors {file} --to {folder} --corpus {TinyWorkspace.CorpusPath} --json"));

        await AssertSameSearchAsync($"--in {folder}");
    }

    [Fact]
    public async Task A_table_is_searched_in_sql()
    {
        postgres.SkipWithout();
        var result = Result(await RunAsync($"export postgresql --to {postgres.Trusted} --table tiny {Model} --json"));

        Assert.Equal("tiny", result.GetProperty("table").GetString());
        Assert.False(result.GetProperty("hasPgvector").GetBoolean());
        await AssertSameSearchAsync($"--in {postgres.Trusted} --table tiny");
    }

    [Fact]
    public async Task A_password_is_shown_nowhere()
    {
        postgres.SkipWithout();
        var address = $"postgresql://cde:{Uri.EscapeDataString(PostgresServer.Password)}@127.0.0.1:{postgres.Port}/postgres";

        var runs = new[]
        {
            await RunAsync($"export postgresql --to {address} --table secret {Model}"),
            await RunAsync($"export postgresql --to {address} --table secret {Model} --json"),
            await RunAsync($"search moon --in {address} --table secret {Model} --json"),
            await RunAsync($"search moon --in {address} --table secrets {Model}"),
            await RunAsync($"export postgresql --to {address.Replace("secret", "hunter2", StringComparison.Ordinal)} --table secret {Model}"),
            await RunAsync($"export csv --to {address} {Model}"),
        };

        Assert.All(runs.Take(3), run => Assert.Equal(0, run.ExitCode));
        Assert.Contains($"table secret of cde@127.0.0.1:{postgres.Port}/postgres", runs[0].Output, StringComparison.Ordinal);
        Assert.All(runs, run =>
        {
            foreach (var text in (string[])[PostgresServer.Password, Uri.EscapeDataString(PostgresServer.Password), "hunter2"])
                Assert.DoesNotContain(text, run.Output + run.Error, StringComparison.Ordinal);
        });
        Assert.Contains("has no table of vectors \"secrets\"; did you mean secret?", runs[3].Error, StringComparison.Ordinal);
        Assert.Contains("--to is a folder", runs[5].Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--context none", "only vectors made with one context compare")]
    [InlineData("--model PLAIN", "only vectors of one model compare")]
    [InlineData("--method bm25", "--in holds vectors and is searched by them")]
    public async Task Vectors_that_do_not_compare_are_refused(string options, string expected)
    {
        var folder = Path.Combine(workspace.Folder, "exported-other");
        if (!Directory.Exists(folder))
            await RunAsync($"export faiss --to {folder} {Model}");

        var run = await RunAsync($"search moon --in {folder} {Model} {options.Replace("PLAIN", workspace.PlainModel, StringComparison.Ordinal)}".Replace($"--model {workspace.Model} --model", "--model", StringComparison.Ordinal));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_width_or_corpus_is_named()
    {
        var (file, narrow) = (Path.Combine(workspace.Folder, "wide.safetensors"), Path.Combine(workspace.Folder, "narrow.safetensors"));
        var other = Path.Combine(workspace.Folder, "other.jsonl");
        await File.WriteAllTextAsync(other, "{\"_id\": \"x\", \"text\": \"something else\"}\n", TestContext.Current.CancellationToken);
        await RunAsync($"embed {Model} --out {file}");
        using (var matrix = EmbeddingMatrix.Open(file))
        using (var cut = matrix.Truncate(8))
            cut.Save(narrow);

        var width = await RunAsync($"search moon --in {narrow} {Model}");
        var join = await RunAsync($"export csv --vectors {file} --to {workspace.Folder}/never --corpus {other}");

        Assert.Contains("queries are 16 numbers wide", width.Error, StringComparison.Ordinal);
        Assert.Contains("16 of 16 ids of the vectors of", join.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(workspace.Folder, "never")));
    }

    [Theory]
    [InlineData("export", 2, "FORMAT is missing")]
    [InlineData("export fais --to x", 2, "did you mean faiss?")]
    [InlineData("export postgresql --to folder", 2, "--to is a connection")]
    [InlineData("export csv", 2, "--to is missing")]
    [InlineData("export postgresql --to postgresql://me@127.0.0.1:1/x", 1, "cannot connect to me@127.0.0.1:1/x")]
    [InlineData("export postgresql --to postgresql://me@127.0.0.1:1/x --table A", 1, "cannot name a table of vectors")]
    [InlineData("search moon --in nowhere", 1, "nowhere does not exist")]
    public async Task Wrong_options_are_named_in_one_line(string line, int exitCode, string expected)
    {
        var run = await RunAsync($"{line} {Model}");

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    private async Task AssertSameSearchAsync(string where)
    {
        var line = $"search --query-id q1 {Model} --top 4 --json";
        var (wanted, found) = (Result(await RunAsync(line)), Result(await RunAsync($"{line} {where}")));
        foreach (var list in (string[])["hits", "missed"])
        {
            Assert.Equal(Ranks(wanted, list).Select(hit => hit with { Score = 0 }), Ranks(found, list).Select(hit => hit with { Score = 0 }));
            Assert.All(Ranks(wanted, list).Zip(Ranks(found, list)), pair => Assert.Equal(pair.First.Score, pair.Second.Score, 1e-6));
        }
    }

    private static List<(int Rank, double Score, string? Id, string? Text)> Ranks(JsonElement result, string list) =>
        [.. result.GetProperty(list).EnumerateArray().Select(hit => (hit.GetProperty("rank").GetInt32(), hit.GetProperty("score").GetDouble(), hit.GetProperty("id").GetString(), hit.GetProperty("text").GetString()))];

    private static Task<ShellRun> RunAsync(string line) => ShellRun.Of(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), TestContext.Current.CancellationToken);

    private static JsonElement Result(ShellRun run)
    {
        Assert.True(run.ExitCode == 0, run.Error);
        return JsonDocument.Parse(run.Output).RootElement.GetProperty("result");
    }
}
