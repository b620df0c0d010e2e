using System.Text.Json;
using Cde.Kernels.Cells;
using Cde.Kernels.Commands;
using Cde.Kernels.Hosting;
using Cde.Kernels.Tests.Commands;
using Cde.Kernels.Tests.Shell;
using Cde.Workbench.Corpora;

namespace Cde.Kernels.Tests.Directives.Workbench;

public sealed class CdeDirectiveTests(TinyWorkspace workspace) : IDisposable
{
    private readonly FakeNotebook _notebook = FakeNotebook.Standard();

    /// <summary>Commands whose results hold no times.</summary>
    public static TheoryData<string> Repeatable => ["datasets list", "datasets info", "evaluate", "models list", "models info", "minicorpus", "context build", "context show", "search"];

    private string Model => $"--corpus {TinyWorkspace.CorpusPath} --model {workspace.Model}";

    public void Dispose() => _notebook.Dispose();

    [Fact]
    public void Every_command_of_the_shell_is_there_with_its_options()
    {
        var forms = _notebook.Directives.Find("cde")!.Forms;

        Assert.Equal(CommandCatalog.All.Select(command => command.Name), forms.Select(form => form.Subcommand));
        Assert.All(CommandCatalog.All.Zip(forms), pair =>
            Assert.Equal(pair.First.Parameters.Select(parameter => parameter.Spelling), pair.Second.Parameters.Select(parameter => parameter.Spelling)));
    }

    [Theory]
    [MemberData(nameof(Repeatable))]
    public async Task A_command_gives_what_it_gives_in_the_shell(string name)
    {
        var line = CommandLines.For(workspace)[name].Works;
        if (CommandLines.Before(name) is { } before)
            await ShellRun.Of(CommandLines.For(workspace)[before].Works);
        var shell = await ShellRun.Of(line + " --json");

        await _notebook.RunAsync($"#!cde {line} --json");

        Assert.Equal(shell.Output, Assert.Single(_notebook.Output.Shown)[MimeBundle.PlainText]);
        Assert.DoesNotContain(MimeBundle.Html, Assert.Single(_notebook.Output.Shown).Keys);
    }

    [Fact]
    public async Task A_result_is_shown_as_html_and_text_and_kept_as_a_typed_variable()
    {
        await _notebook.RunAsync($"#!cde minicorpus --corpus {TinyWorkspace.CorpusPath} --size=5 --as mini");

        var bundle = Assert.Single(_notebook.Output.Shown);
        Assert.Contains("5 documents", bundle[MimeBundle.PlainText], StringComparison.Ordinal);
        Assert.Contains("<table", bundle[MimeBundle.Html], StringComparison.Ordinal);
        Assert.True(_notebook.CSharp.TryGet("mini", out var variable));
        Assert.Equal(typeof(MinicorpusResult), variable.Type);
        Assert.Same(variable.Value, _notebook.Session.Kept["mini"]);
    }

    [Fact]
    public async Task Out_writes_the_file_and_shows_nothing()
    {
        var path = Path.Combine(_notebook.Folder, "list.json");

        await _notebook.RunAsync($"#!cde datasets list --out \"{path}\"");

        Assert.Empty(_notebook.Output.Shown);
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal("datasets list", document.RootElement.GetProperty("command").GetString());
    }

    [Fact]
    public async Task Texts_and_numbers_of_variables_give_options_their_values()
    {
        await _notebook.CSharp.SetAsync("place", TinyWorkspace.CorpusPath);
        await _notebook.CSharp.SetAsync("n", 3);
        await _notebook.FSharp.SetAsync("texts", new List<string> { "moon", "sea" });

        await _notebook.RunAsync($"#!cde minicorpus --corpus @place --size @n --as mini\n#!cde embed @fsharp:texts sun {Model} --as vectors");

        Assert.Equal(3, Kept<MinicorpusResult>("mini").DocumentIds.Count);
        Assert.Equal(3, Kept<EmbedResult>("vectors").Count);
    }

    [Fact]
    public async Task Objects_stand_where_options_name_something()
    {
        var documents = Enumerable.Range(0, 9).Select(number => new Document($"d{number}", $"text of the number {number}")).ToList();
        await _notebook.CSharp.SetAsync("docs", documents);
        await _notebook.CSharp.SetAsync("texts", documents.Select(document => document.Text).ToArray());
        await _notebook.CSharp.SetAsync("task", BeirFolder.Open(TinyWorkspace.CorpusPath));

        await _notebook.RunAsync(
            $"""
            #!cde minicorpus --corpus @docs --size 4 --as mini
            #!cde context build --corpus @mini --model {workspace.Model} --as lent
            #!cde context show @lent
            #!cde search number --corpus @texts --model {workspace.Model} --context @lent --as hits
            #!cde evaluate --corpus @task --model {workspace.Model} --context @docs --as scores
            #!cde evaluate --corpus @task --run @scores --as again
            #!cde models info {workspace.Model} --as model
            #!cde embed number --corpus @docs --model @model --context none --as vectors
            """);

        Assert.Equal("docs", Kept<MinicorpusResult>("mini").Corpus);
        Assert.Equal("minicorpus of docs", Kept<ContextResult>("lent").Corpus);
        Assert.Equal(Kept<ContextResult>("lent").Hash, Kept<SearchResult>("hits").Provenance.ContextHash);
        Assert.Equal(9, Kept<SearchResult>("hits").Hits.Count);
        Assert.Equal(Kept<EvaluateResult>("scores").Measures, Kept<EvaluateResult>("again").Measures);
        Assert.Equal(1, Kept<EmbedResult>("vectors").Matrix!.Count);
    }

    [Fact]
    public async Task The_matrix_of_a_kept_result_can_be_read_by_later_cells()
    {
        await _notebook.RunAsync($"#!cde embed {Model} --as vectors");

        var matrix = Kept<EmbedResult>("vectors").Matrix!;
        Assert.Equal(16, matrix.Count);
        Assert.Equal(1, Math.Sqrt(matrix[15].ToArray().Sum(number => (double)number * number)), 1e-5);
    }

    [Theory]
    [InlineData("#!cde", "#!cde", "say what to do: demo, datasets")]
    [InlineData("#!cde --model x embed", "--model", "options stand behind the command")]
    [InlineData("#!cde embde", "embde", "did you mean embed?")]
    [InlineData("#!cde context", "context", "say what to do: build, show")]
    [InlineData("#!cde context biuld", "biuld", "did you mean build?")]
    [InlineData("#!cde embed --modle x", "--modle", "did you mean --model?")]
    [InlineData("#!cde search moon --top 0", "0", "--top 0: out of range (1 to 1000)")]
    [InlineData("#!cde search moon --method bm52", "bm52", "did you mean bm25?")]
    [InlineData("#!cde report", "report", "DIR is missing")]
    [InlineData("#!cde search two words", "words", "one word too many")]
    [InlineData("#!cde datasets list --as 1x", "1x", "becomes a C# variable")]
    [InlineData("#!cde datasets list --as class", "class", "is no keyword")]
    public void Wrong_lines_are_refused_before_anything_runs(string line, string word, string rule)
    {
        var error = Assert.Throws<CellFailedException>(() => _notebook.Parse("1;\n" + line)).Error;

        Assert.Contains(rule, error.Message, StringComparison.Ordinal);
        Assert.Equal((2, line.LastIndexOf(word, StringComparison.Ordinal) + 1), (error.Line, error.Column));
        Assert.Equal("UsageError", error.Name);
    }

    [Theory]
    [InlineData("#!cde minicorpus --corpus @number --size @word", "@word", "--size ten: not a whole number")]
    [InlineData("#!cde minicorpus --corpus @thing", "@thing", "--corpus takes a name, or a Corpus, Dataset")]
    [InlineData("#!cde search @thing", "@thing", "QUERY takes a text or a number, not a value of type object")]
    [InlineData("#!cde minicorpus --corpus @nothing", "@nothing", "not null")]
    [InlineData("#!cde evaluate --corpus @docs --method bm25", "#!cde", "documents alone")]
    [InlineData("#!cde datasets info @docs", "#!cde", "a dataset is needed")]
    [InlineData("#!cde context show nowhere-at-all", "#!cde", "no saved context")]
    [InlineData("#!cde train", "#!cde", "--out is missing")]
    public async Task Failures_are_one_line_that_points_at_the_word(string line, string word, string rule)
    {
        await _notebook.CSharp.SetAsync("number", TinyWorkspace.CorpusPath);
        await _notebook.CSharp.SetAsync("word", "ten");
        await _notebook.CSharp.SetAsync("thing", new object());
        await _notebook.CSharp.SetAsync("nothing", null);
        await _notebook.CSharp.SetAsync("docs", new List<Document> { new("1", "a") });

        var error = (await Assert.ThrowsAsync<CellFailedException>(() => _notebook.RunAsync(line))).Error;

        Assert.Contains(rule, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal((1, line.IndexOf(word, StringComparison.Ordinal) + 1), (error.Line, error.Column));
    }

    private T Kept<T>(string name) => Assert.IsType<T>(_notebook.Session.Kept[name]);
}
