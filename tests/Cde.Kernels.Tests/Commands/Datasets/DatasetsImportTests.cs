using System.Text.Json;
using Cde.Kernels.Tests.Shell;

namespace Cde.Kernels.Tests.Commands;

public class DatasetsImportTests(TinyWorkspace workspace)
{
    [Fact]
    public async Task A_task_is_imported_as_a_folder_that_evaluate_reads()
    {
        var folder = Path.Combine(workspace.Folder, "tasks");

        var import = await ShellRun.Of($"datasets import {TinyWorkspace.CorpusPath} --out {folder} --quiet");

        Assert.Contains("beir-tiny", import.Output, StringComparison.Ordinal);
        Assert.Equal(
            (await ShellRun.Of($"evaluate --corpus {TinyWorkspace.CorpusPath} --method bm25 --quiet")).Output,
            (await ShellRun.Of($"evaluate --corpus {folder}/beir-tiny --method bm25 --quiet")).Output);
    }

    [Fact]
    public async Task Pairs_of_collections_and_files_are_one_corpus_to_train_on()
    {
        var folder = Path.Combine(workspace.Folder, "mix");
        var file = Path.Combine(workspace.Folder, "more.jsonl");
        await File.WriteAllTextAsync(file, "{\"query\": \"a\", \"pos\": [\"b\"]}\n{\"query\": \"c\"}\nnonsense\n");

        var import = await ShellRun.Of($"datasets import {TinyWorkspace.CorpusPath} {file} --write pairs --skip-bad --query-instruction Find:_ --out {folder} --quiet");

        Assert.True(import.ExitCode == 0, import.Error);
        Assert.Contains("2 malformed lines left out", import.Output, StringComparison.Ordinal);
        Assert.Contains("more.jsonl line 2: field \"pos\" is missing", import.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("\"prompt\":\"Find:_\"", await File.ReadAllTextAsync(Path.Combine(folder, "more.jsonl")), StringComparison.Ordinal);
        var info = await ShellRun.Of($"datasets info {folder} --json --quiet");
        using var document = JsonDocument.Parse(info.Output);
        Assert.Equal(["beir-tiny", "more"], document.RootElement.GetProperty("result").GetProperty("domains").EnumerateArray().Select(domain => domain.GetProperty("name").GetString()));
    }

    [Theory]
    [InlineData("{0} --write pairs", "line 2: field \"pos\" is missing (expected a list of texts)")]
    [InlineData("{0} --skip-bad", "holds training examples, which are no task to test on; import it with --write pairs")]
    [InlineData("{0} {0} --write pairs --skip-bad", "two of the sources give the name bad")]
    [InlineData("{0}.gone", "does not exist")]
    public async Task What_cannot_be_imported_is_told(string arguments, string expected)
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(workspace.Folder, "sources")).FullName, "bad.jsonl");
        await File.WriteAllTextAsync(file, "{\"query\": \"a\", \"pos\": [\"b\"]}\n{\"query\": \"c\"}\n");

        var run = await ShellRun.Of($"datasets import {string.Format(System.Globalization.CultureInfo.InvariantCulture, arguments, file)} --out {workspace.Folder}/told --quiet");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }
}
