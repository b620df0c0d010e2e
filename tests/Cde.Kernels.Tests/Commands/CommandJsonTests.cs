using System.Text.Json;
using Cde.Kernels.Commands;
using Cde.Kernels.Tests.Shell;

namespace Cde.Kernels.Tests.Commands;

public class CommandJsonTests(TinyWorkspace workspace)
{
    public static TheoryData<string> CommandNames => LiveTensorTests.LocalCommandNames;

    [Theory]
    [MemberData(nameof(CommandNames))]
    public async Task Every_command_prints_one_object_with_command_result_and_provenance(string name)
    {
        var lines = CommandLines.For(workspace);
        if (CommandLines.Before(name) is { } before)
            await ShellRun.Of(lines[before].Works);

        var run = await ShellRun.Of(lines[name].Works + " --json --quiet");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Empty(run.Error);
        using var document = JsonDocument.Parse(run.Output);
        Assert.Equal(["command", "result", "provenance"], document.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal(name, document.RootElement.GetProperty("command").GetString());
        Assert.Equal(JsonValueKind.Object, document.RootElement.GetProperty("result").ValueKind);
    }

    [Fact]
    public async Task Provenance_names_model_corpus_and_context_by_hash()
    {
        var run = await ShellRun.Of(CommandLines.For(workspace)["search"].Works + " --json --quiet --seed 3");

        using var document = JsonDocument.Parse(run.Output);
        var provenance = document.RootElement.GetProperty("provenance");
        Assert.All(
            (string[])["modelHash", "corpusHash", "contextHash"],
            key => Assert.Matches("^[0-9a-f]{64}$", provenance.GetProperty(key).GetString()));
        Assert.Equal(3, provenance.GetProperty("seed").GetInt64());
        Assert.Equal("float32", provenance.GetProperty("precision").GetString());
        Assert.Equal(Provenance.WorkbenchVersion, provenance.GetProperty("version").GetString());
    }

    [Theory]
    [InlineData("search moon --top 0", "--top 0: out of range (1 to 1000)")]
    [InlineData("search moon --top many", "--top many: not a whole number (1 to 1000)")]
    [InlineData("search", "QUERY is missing")]
    [InlineData("context", "say what to do: context build, context show, context compare, context influence, context sensitivity, context study")]
    [InlineData("context biuld", "did you mean build?")]
    [InlineData("search two words", "words is one word too many")]
    public async Task Wrong_values_are_named(string line, string expected)
    {
        var run = await ShellRun.Of(line);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error.Split('\n')[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("search moon --model cde-mimi", "did you mean cde-mini")]
    [InlineData("search moon --corpus dotnet-api/System.Text.Jsn", "System.Text.Json")]
    public async Task Unknown_names_fail_with_the_nearest_known_ones(string line, string expected)
    {
        var run = await ShellRun.Of(line);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
    }
}
