using Cde.Kernels.Cells;
using Cde.Kernels.Directives;
using Cde.Kernels.Hosting;
using Cde.Kernels.Languages;
using Cde.Workbench.Corpora;

namespace Cde.Kernels.Tests.Directives.Magics;

public sealed class GeneralMagicTests : IDisposable
{
    private readonly FakeNotebook _notebook = FakeNotebook.Standard();

    public static TheoryData<string> Names => [.. StandardDirectives.Create().All.Select(directive => directive.Name)];

    public void Dispose() => _notebook.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_magic_answers_help_and_is_listed(string name)
    {
        var help = new List<string>();
        foreach (var form in _notebook.Directives.Find(name)!.Forms)
        {
            _notebook.Output.Shown.Clear();
            await _notebook.RunAsync($"#!{name} {form.Subcommand} --help");
            Assert.Contains($"usage: #!{name}", _notebook.Output.Text, StringComparison.Ordinal);
            Assert.All(form.Parameters, parameter => Assert.Contains(parameter.Spelling, _notebook.Output.Text, StringComparison.Ordinal));
            help.Add(_notebook.Output.Text);
        }

        await _notebook.RunAsync("#!lsmagic");

        Assert.All(help, text => Assert.EndsWith("\n", text, StringComparison.Ordinal));
        Assert.Contains($"#!{name}", _notebook.Output.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lsmagic_groups_magics_commands_and_languages()
    {
        await _notebook.RunAsync("#!lsmagic");

        var bundle = Assert.Single(_notebook.Output.Shown);
        Assert.Contains("#!cde context build", bundle[MimeBundle.PlainText], StringComparison.Ordinal);
        Assert.DoesNotContain("reference", bundle[MimeBundle.PlainText], StringComparison.Ordinal);
        Assert.Contains("<caption>Languages</caption>", bundle[MimeBundle.Html], StringComparison.Ordinal);
        Assert.Equal(5, bundle[MimeBundle.Html].Split("<caption>").Length - 1);
    }

    [Fact]
    public async Task About_names_version_runtime_and_folder()
    {
        await _notebook.RunAsync("#!about");

        Assert.Contains(Cde.Kernels.Commands.Provenance.WorkbenchVersion, _notebook.Output.Text, StringComparison.Ordinal);
        Assert.Contains(".NET 10", _notebook.Output.Text, StringComparison.Ordinal);
        Assert.Contains(_notebook.Folder, _notebook.Output.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#!help", "#!whos")]
    [InlineData("#!help set", "usage: #!set --name NAME --value VALUE")]
    [InlineData("#!help #!set", "usage: #!set")]
    [InlineData("#!help cde", "context build")]
    [InlineData("#!help cde context build", "usage: #!cde context build")]
    [InlineData("#!help embed", "usage: #!cde embed [TEXT...] [options]")]
    [InlineData("#!help f#", "usage: #!fsharp")]
    public async Task Help_tells_how_things_are_written(string cell, string expected)
    {
        await _notebook.RunAsync(cell);

        Assert.Contains(expected, _notebook.Output.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#!help embd", "did you mean embed")]
    [InlineData("#!help cde embd", "did you mean embed")]
    public async Task Help_of_nothing_names_the_nearest(string cell, string expected) =>
        Assert.Contains(expected, (await Assert.ThrowsAsync<CellFailedException>(() => _notebook.RunAsync(cell))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Time_measures_the_rest_of_the_cell_also_where_it_fails()
    {
        await _notebook.RunAsync("#!time\nx = 1");
        await Assert.ThrowsAsync<CellFailedException>(() => _notebook.RunAsync("#!time\n#!help nothing-at-all"));

        Assert.Equal(2, _notebook.Output.Shown.Count);
        Assert.All(_notebook.Output.Shown, bundle => Assert.Matches(@"^Wall time: [\d.]+ m?s\n$", bundle[MimeBundle.PlainText]));
    }

    [Theory]
    [InlineData(0.5, "0.5 ms")]
    [InlineData(999.4, "999.4 ms")]
    [InlineData(999.6, "1.00 s")]
    [InlineData(59_990, "59.99 s")]
    [InlineData(3_661_000, "61 min 1 s")]
    public void Times_take_the_unit_that_suits_them(double milliseconds, string expected) =>
        Assert.Equal(expected, TimeDirective.Words(TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public async Task Who_and_whos_show_the_variables_of_all_languages()
    {
        await _notebook.CSharp.SetAsync("docs", new MemoryCorpus("mine", [new Document("1", "a"), new Document("2", "b")]));
        await _notebook.CSharp.SetAsync("total", 1.5);
        await _notebook.FSharp.SetAsync("words", new List<string> { "a" }, typeof(IEnumerable<string>));
        await _notebook.FSharp.SetAsync("bad", new Unprintable());

        await _notebook.RunAsync("#!who\n#!whos\n#!who fsharp");

        Assert.Equal("csharp: docs, total\nfsharp: bad, words\n", _notebook.Output.Shown[0][MimeBundle.PlainText]);
        var table = _notebook.Output.Shown[1][MimeBundle.PlainText];
        Assert.Matches("csharp +docs +MemoryCorpus +2 items", table);
        Assert.Matches(@"csharp +total +\w+ +1\.5", table);
        Assert.Matches("fsharp +words +List<[Ss]tring> +1 item", table);
        Assert.Contains("(InvalidOperationException: no text)", table, StringComparison.Ordinal);
        Assert.Equal("fsharp: bad, words\n", _notebook.Output.Shown[2][MimeBundle.PlainText]);
    }

    [Fact]
    public async Task Who_says_so_where_there_is_nothing()
    {
        await _notebook.RunAsync("#!who");

        Assert.Equal("There are no variables.\n", _notebook.Output.Text);
    }

    [Theory]
    [InlineData("#!set --name a --value text", "text")]
    [InlineData("#!set --name a --value @fsharp:f", 7)]
    [InlineData("#!set --name a --value @fsharp:f --byref", 7)]
    [InlineData("#!set --name a --value @fsharp:f --mime-type text/plain", "7")]
    [InlineData("#!set --name a --value 12 --mime-type application/json", 12L)]
    [InlineData("#!set --name a --value [1] --mime-type text/plain", "[1]")]
    [InlineData("#!share f --from fsharp --as a", 7)]
    [InlineData("#!share --name f --from f# --as a --mime-type text/plain", "7")]
    [InlineData("#!value --name v --from-value hi\n#!share v --from value --as a", "hi")]
    [InlineData("#!value --name v --mime-type application/json\n12\n#!csharp\n#!set --name a --value @value:v", 12L)]
    public async Task Values_pass_between_languages(string cell, object expected)
    {
        await _notebook.FSharp.SetAsync("f", 7);

        await _notebook.RunAsync(cell);

        Assert.True(_notebook.CSharp.TryGet("a", out var variable));
        Assert.Equal(expected, variable.Value);
    }

    [Fact]
    public async Task A_json_value_becomes_an_element()
    {
        await _notebook.RunAsync("""#!set --name a --value {"x": [1, "}"]}""");

        Assert.True(_notebook.CSharp.TryGet("a", out var variable));
        Assert.Equal("}", Assert.IsType<System.Text.Json.JsonElement>(variable.Value).GetProperty("x")[1].GetString());
    }

    [Fact]
    public async Task A_value_is_read_from_a_file_of_the_notebooks_folder()
    {
        await File.WriteAllTextAsync(Path.Combine(_notebook.Folder, "v.json"), """{"n": 3}""", TestContext.Current.CancellationToken);

        await _notebook.RunAsync("#!value --name v --from-file v.json");

        Assert.True(((IVariables)LanguageCatalog.Find(_notebook.Languages, "value")).TryGet("v", out var variable));
        Assert.Equal(3, ((System.Text.Json.JsonElement)variable.Value!).GetProperty("n").GetInt32());
    }

    [Theory]
    [InlineData("#!set --name a", "--value is missing", "#!set")]
    [InlineData("#!set --name a --value x --byref --mime-type text/plain", "leave one out", "--mime-type")]
    [InlineData("#!set --name a --value nul --mime-type application/json", "is not JSON", "nul")]
    [InlineData("#!set --name a --value x --mime-type text/pain", "did you mean text/plain", "text/pain")]
    [InlineData("#!share f --from fshrap", "did you mean fsharp", "fshrap")]
    [InlineData("#!share g --from fsharp", "fsharp has no variable \"g\"", "g --from")]
    [InlineData("#!value --name v --from-url a --from-file b", "one source is enough", "--from-file")]
    [InlineData("#!value --name v", "there is no text below it", "#!value")]
    [InlineData("#!value --name v --from-file nowhere.txt", "cannot be read", "#!value")]
    public async Task Mistakes_are_pointed_at(string cell, string rule, string at)
    {
        await _notebook.FSharp.SetAsync("f", 7);

        var error = (await Assert.ThrowsAsync<CellFailedException>(() => _notebook.RunAsync(cell))).Error;

        Assert.Contains(rule, error.Message, StringComparison.Ordinal);
        Assert.Equal(cell.IndexOf(at, StringComparison.Ordinal) + 1, error.Column);
    }

    private sealed class Unprintable
    {
        public override string ToString() => throw new InvalidOperationException("no text");
    }
}
