using System.Text.Json;
using System.Text.Json.Nodes;
using Cde.Kernels.Commands;
using Cde.Kernels.Interactive;
using Cde.Kernels.Notebooks;
using Cde.Workbench;

namespace Cde.Kernels.Tests.Interactive;

public sealed class InteractiveSessionTests(TinyWorkspace workspace) : IDisposable
{
    private readonly InteractiveSession _session = new();
    private readonly JsonArray _outputs = [];
    private readonly Dictionary<string, object> _declared = [];

    [Fact]
    public void Every_visible_command_is_one_word_and_its_parameters_have_names_and_keys_of_their_own()
    {
        string[] own = [.. CommandCatalog.Own.Where(command => !command.IsHidden).Select(command => command.Name.Replace(' ', '-'))];
        Assert.Equal(own, InteractiveCommand.All.Select(command => command.Name).Take(own.Length)); // what other tests add comes behind
        Assert.All(InteractiveCommand.All, command =>
        {
            Assert.DoesNotContain(' ', command.Name);
            Assert.Distinct(command.Parameters.Select(parameter => parameter.Name));
            Assert.Distinct(command.Parameters.Select(parameter => parameter.Key));
            Assert.InRange(command.Parameters.Count(parameter => parameter.IsImplicit), 0, 1);
        });
    }

    [Fact]
    public void A_parameters_key_is_its_name_in_camel_case()
    {
        var embed = InteractiveCommand.All.Single(command => command.Name == "embed");

        Assert.Equal("maxTokens", embed.Parameters.Single(parameter => parameter.Name == "--max-tokens").Key);
        Assert.True(embed.Parameters.Single(parameter => parameter.Name == "--texts").IsImplicit);
        Assert.Contains("cde-mini", embed.Parameters.Single(parameter => parameter.Name == "--model").Completions());
    }

    [Fact]
    public async Task A_command_shows_its_result_and_declares_it()
    {
        await RunAsync("#!cde datasets-list", """{"as": "sets", "json": false, "quiet": true, "invokedDirective": "#!cde datasets-list", "targetKernelName": ".NET"}""");

        Assert.Contains("<table", _outputs.Single()!["data"]!["text/html"]!.ToJsonString().Replace("\\u003C", "<", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.IsType<DatasetsListResult>(_declared["sets"]);
    }

    [Theory]
    [InlineData("""{"texts": "one text", "model": "@", "corpus": "#"}""", 1)]
    [InlineData("""{"texts": ["one", "two"], "model": "@", "corpus": "#", "seed": 7}""", 2)]
    public async Task Values_come_as_texts_numbers_and_lists(string values, int vectors)
    {
        await RunAsync("#!cde embed", values.Replace("@", workspace.PlainModel, StringComparison.Ordinal).Replace("#", TinyWorkspace.CorpusPath, StringComparison.Ordinal)[..^1] + ", \"as\": \"made\"}");

        var result = Assert.IsType<EmbedResult>(_declared["made"]);
        Assert.Equal(vectors, result.Count);
    }

    [Theory]
    [InlineData("#!cde serch", "{}", "#!cde: say what to do: did you mean search?")]
    [InlineData("#!cde embed", """{"seed": "x"}""", "--seed x: not a whole number (at least 0)")]
    [InlineData("#!cde context-show", "{}", "#!cde context-show: --name is missing: The context's name")]
    [InlineData("#!cde context-show", """{"name": "none-such"}""", "none-such: no saved context of this name")]
    public async Task What_is_wrong_is_told_in_one_line(string directive, string values, string expected)
    {
        var failure = await Assert.ThrowsAnyAsync<CdeException>(() => RunAsync(directive, values));

        Assert.StartsWith(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    public void Dispose() => _session.Dispose();

    private Task RunAsync(string directive, string values) => _session.RunAsync(
        directive, JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(values)!, new CellOutputs(_outputs, new DisplayedOutputs(), 1),
        (name, value) =>
        {
            _declared[name] = value;
            return Task.CompletedTask;
        },
        CancellationToken.None);
}
