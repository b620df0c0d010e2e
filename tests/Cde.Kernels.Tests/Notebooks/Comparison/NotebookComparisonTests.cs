using System.Text.Json.Nodes;
using Cde.Kernels.Commands;
using Cde.Kernels.Hosting;
using Cde.Kernels.Notebooks;
using Cde.Kernels.Shell;
using Cde.Testing;

namespace Cde.Kernels.Tests.Notebooks.Comparison;

/// <summary><c>notebook run --compare</c> and <c>--update</c> over scripted cells: what they find, and what they leave alone.</summary>
public sealed class NotebookComparisonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _notes = new();

    private string File => _folder["n.ipynb"];

    [Fact]
    public async Task A_notebook_that_shows_what_its_file_has_passes()
    {
        await RecordAsync("print mean 0.669 in 1.2 s", "result 5");
        Change(0, "print mean 0.670 in 7 ms");

        Assert.Null(await CompareAsync());
    }

    [Fact]
    public async Task Another_number_fails_by_notebook_cell_and_line()
    {
        await RecordAsync("print a", "print queries 912\nprint\nprint mean 0.669");
        Change(1, "print queries 912\nprint\nprint mean 0.769");

        Assert.Equal($"{File} cell [2] \"print queries 912\", output line 2: \"mean 0.669\" in the file, \"mean 0.769\" now", await CompareAsync());
    }

    [Fact]
    public async Task A_doctored_output_is_found()
    {
        await RecordAsync("print a", "result 0.669");
        var notebook = NotebookFile.Read(File);
        notebook.Cells[1].Outputs[0]!["data"]!["text/plain"] = new JsonArray("0.7");
        NotebookFile.Write(notebook, File);

        Assert.Equal($"{File} cell [2] \"result 0.669\", output line 1: \"0.7\" in the file, \"0.669\" now", await CompareAsync());
    }

    [Fact]
    public async Task Lines_that_are_gone_or_new_are_found()
    {
        await RecordAsync("print a\nprint b", "print c");
        Change(0, "print a");
        Change(1, "print c\nwarn d");

        Assert.Equal($"{File} cell [1] \"print a\", output line 2: \"b\" in the file, nothing now", await CompareAsync());
        Assert.Contains($"{File} cell [2] \"print c\", output line 2: nothing in the file, \"d\" now", _notes.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_that_fails_is_named_before_any_difference()
    {
        await RecordAsync("print a", "print b");
        Change(0, "print x");
        Change(1, "print b\nfail no good");

        Assert.Equal($"{File} cell [2] \"print b\", line 2: TestException: no good", await CompareAsync());
    }

    [Fact]
    public async Task Cells_tagged_varies_are_run_and_not_compared()
    {
        await RecordAsync("print a");
        Change(0, "print b", NotebookComparison.VariesTag);

        Assert.Null(await CompareAsync());
    }

    [Fact]
    public async Task Outputs_of_another_compute_path_are_not_compared_and_it_is_said()
    {
        await RecordAsync("print a");
        Change(0, "print b");
        var notebook = NotebookFile.Read(File);
        notebook.Metadata["cde"]!["computePath"] = "openblas:Elsewhere";
        NotebookFile.Write(notebook, File);

        Assert.Null(await CompareAsync());
        Assert.Contains("outputs are not compared: this machine computes by ", _notes.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_without_news_leaves_the_file_as_it_is()
    {
        await RecordAsync("print done in 1.2 s", "show b", "result 0.5001");
        Change(0, "print done in 3.4 s");
        Change(2, "result 0.5002");
        var before = Outputs();

        await RunAsync(new() { File = File, Update = true });

        Assert.Equal(before, Outputs());
    }

    [Fact]
    public async Task An_update_writes_the_cells_that_show_something_new()
    {
        await RecordAsync("print done in 1.2 s", "show b");
        Change(0, "print done in 3.4 s");
        Change(1, "show c");

        await RunAsync(new() { File = File, Update = true });

        Assert.Contains("1.2 s", Outputs(), StringComparison.Ordinal);
        Assert.Contains("<b>c</b>", Outputs(), StringComparison.Ordinal);
        Assert.Contains("1 of 2 code cells show something new", _notes.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_whose_cell_fails_writes_nothing()
    {
        await RecordAsync("print a", "print b");
        Change(1, "fail no");
        var before = await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken);

        Assert.NotNull((await RunAsync(new() { File = File, Update = true })).Failure);
        Assert.Equal(before, await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(true, true, false, false, "--compare reads the file's outputs, --update writes them: give one of the two")]
    [InlineData(true, false, true, false, "--compare --param: the file's outputs were made without these values; leave --param out")]
    [InlineData(false, true, false, true, "--update writes the notebook itself: leave --out out")]
    public async Task Options_that_do_not_go_together_are_refused(bool compare, bool update, bool parameters, bool output, string expected)
    {
        await RecordAsync("print a");
        var options = new NotebookRunCommandOptions { File = File, Compare = compare, Update = update, Param = parameters ? ["a=1"] : [], Out = output ? _folder["o.ipynb"] : null };

        Assert.Equal(expected, (await Assert.ThrowsAsync<UsageException>(() => RunAsync(options))).Message);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _notes.Dispose();
    }

    /// <summary>Writes a notebook of scripted cells with the outputs of a first run.</summary>
    private async Task RecordAsync(params string[] sources)
    {
        var notebook = new NotebookDocument();
        notebook.Cells.AddRange(sources.Select(source => new NotebookCell(CellKind.Code, source)));
        NotebookFile.Write(notebook, File);
        await RunAsync(new() { File = File, Update = true });
        _notes.GetStringBuilder().Clear();
    }

    private void Change(int cell, string source, string? tag = null)
    {
        var notebook = NotebookFile.Read(File);
        notebook.Cells[cell].Source = source;
        if (tag is not null)
            notebook.Cells[cell].Metadata["tags"] = new JsonArray(tag);
        NotebookFile.Write(notebook, File);
    }

    private string Outputs() => string.Join('\n', NotebookFile.Read(File).Cells.Select(cell => string.Concat(cell.Outputs.SelectMany(output => output!.ToJsonString()))))
        .Replace("\\u003C", "<", StringComparison.Ordinal).Replace("\\u003E", ">", StringComparison.Ordinal);

    private async Task<string?> CompareAsync() => (await RunAsync(new() { File = File, Compare = true })).Failure;

    private Task<NotebookRunResult> RunAsync(NotebookRunCommandOptions options) =>
        new NotebookRunCommand((_, _) => new ScriptedEngine()).RunAsync(options, NewSession(), TestContext.Current.CancellationToken);

    private Session NewSession() => new(new ShellDisplay(_notes, _notes, isTerminal: false, isQuiet: false));
}
