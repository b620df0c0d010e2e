using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Cde.Kernels.Tests.Shell;

namespace Cde.Kernels.Tests.Commands;

public sealed class ContextStudyTests(TinyWorkspace workspace)
{
    private const string Corpora = "dotnet-api/System.Net.Mail dotnet-api/System.Text.RegularExpressions";

    [Fact]
    public async Task A_contextual_model_is_searched_with_in_every_context_and_each_query_is_written()
    {
        var file = Path.Combine(workspace.Folder, "scores.tsv.gz");

        var run = await ShellRun.Of($"context study {Corpora} --model {workspace.Model} --per-query {file} --json");

        Assert.Equal(0, run.ExitCode);
        var result = Result(run);
        Assert.Equal(6, result.GetProperty("contextSize").GetInt32());
        var mean = result.GetProperty("mean");
        Assert.Equal(["bm25", "context", "wrongContext", "randomStrings", "noContext"], mean.EnumerateObject().Select(entry => entry.Name));
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        var lines = (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).TrimEnd().Split('\n');
        Assert.Equal("corpus\tquery\tbm25\tcontext\twrongContext\trandomStrings\tnoContext", lines[0]);
        Assert.Equal(result.GetProperty("corpora").EnumerateArray().Sum(corpus => corpus.GetProperty("queries").GetInt32()), lines.Length - 1);

        // The file's mean over a corpus is the result's.
        var mail = result.GetProperty("corpora")[0];
        Assert.Equal(
            mail.GetProperty("scores").GetProperty("context").GetDouble(),
            lines.Skip(1).Select(line => line.Split('\t')).Where(cells => cells[0] == mail.GetProperty("name").GetString()).Average(cells => double.Parse(cells[3], CultureInfo.InvariantCulture)),
            4);
        Assert.Equal(lines.Length - 1, result.GetProperty("ownMinusWrong").GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task A_plain_model_needs_no_second_corpus_and_has_one_score()
    {
        var run = await ShellRun.Of($"context study {TinyWorkspace.CorpusPath} --model {workspace.PlainModel} --json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["bm25", "noContext"], Result(run).GetProperty("mean").EnumerateObject().Select(entry => entry.Name));
        Assert.False(Result(run).TryGetProperty("ownMinusWrong", out _));
    }

    [Fact]
    public async Task A_contextual_model_with_one_corpus_is_refused()
    {
        var run = await ShellRun.Of($"context study {TinyWorkspace.CorpusPath} --model {workspace.Model}");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("at least two corpora", run.Error, StringComparison.Ordinal);
    }

    private static JsonElement Result(ShellRun run) => JsonDocument.Parse(run.Output).RootElement.GetProperty("result");
}
