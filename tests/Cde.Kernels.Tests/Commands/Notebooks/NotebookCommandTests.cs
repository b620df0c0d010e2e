using System.Text.Json.Nodes;
using Cde.Kernels.Commands;
using Cde.Kernels.Hosting;
using Cde.Kernels.Notebooks;
using Cde.Kernels.Shell;
using Cde.Kernels.Tests.Notebooks;
using Cde.Testing;

namespace Cde.Kernels.Tests.Commands;

/// <summary>The notebook commands over scripted cells.</summary>
public sealed class NotebookCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ScriptedEngine _engine = new();
    private readonly StringWriter _notes = new();

    [Fact]
    public async Task A_run_writes_notebook_and_page_and_tells_every_cell()
    {
        var path = Write("n.ipynb", "print a", "show b");

        var result = await RunAsync(new() { File = path, Out = _folder["out.ipynb"], Html = _folder["out.html"] });

        Assert.Null(result.Failure);
        Assert.Equal(2, result.Cells.Count);
        Assert.Equal("a\n", NotebookFile.Read(_folder["out.ipynb"]).Cells[0].Outputs[0]!["text"]![0]!.GetValue<string>());
        Assert.Contains("<b>b</b>", await File.ReadAllTextAsync(_folder["out.html"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(NotebookFile.Read(path).Cells[0].Outputs);
        Assert.Equal(2, _notes.ToString().Split('\n').Count(line => line.StartsWith("cell ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_failed_cell_is_the_failure_and_what_is_done_is_written()
    {
        var path = Write("n.ipynb", "print a", "fail no", "print c");

        var result = await RunAsync(new() { File = path, Out = path });

        Assert.Equal($"{path} cell [2] \"fail no\", line 1: TestException: no", result.Failure);
        Assert.Equal([1, 1, 0], NotebookFile.Read(path).Cells.Select(cell => cell.Outputs.Count));
    }

    [Fact]
    public async Task Parameters_are_put_in_and_cells_have_the_numbers_that_the_written_notebook_shows()
    {
        var path = Write("n.ipynb", "// seed", "fail no");
        var notebook = NotebookFile.Read(path);
        notebook.Cells[0].Source = "var seed = 1;";
        notebook.Cells[0].Metadata["tags"] = new JsonArray("parameters");
        NotebookFile.Write(notebook, path);

        var result = await RunAsync(new() { File = path, Param = ["seed=7"], Out = _folder["out.ipynb"] });

        Assert.Equal(["var seed = 1;", "// Parameters\nseed = 7;", "fail no"], _engine.Requests.Select(request => request.Code));
        Assert.Equal($"{path} cell [3] \"fail no\", line 1: TestException: no", result.Failure);
        Assert.Equal(3, NotebookFile.Read(_folder["out.ipynb"]).Cells.Count);
    }

    [Fact]
    public async Task A_stopped_run_writes_what_is_done_and_ends_as_cancelled()
    {
        var path = Write("n.ipynb", "print a", "wait", "print c");
        using var stop = new CancellationTokenSource();

        var running = RunAsync(new() { File = path, Out = path }, stop.Token);
        await _engine.Waiting.Task;
        Assert.Empty(NotebookFile.Read(path).Cells[0].Outputs); // a notebook that is its own output is whole until the end
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal([1, 1, 0], NotebookFile.Read(path).Cells.Select(cell => cell.Outputs.Count));
    }

    [Fact]
    public async Task Another_file_is_written_after_every_cell()
    {
        using var stop = new CancellationTokenSource();

        var running = RunAsync(new() { File = Write("n.ipynb", "print a", "wait"), Out = _folder["out.ipynb"] }, stop.Token);
        await _engine.Waiting.Task;

        Assert.Equal([1, 0], NotebookFile.Read(_folder["out.ipynb"]).Cells.Select(cell => cell.Outputs.Count));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Cells_run_in_the_notebooks_folder_and_the_current_one_comes_back()
    {
        var before = Environment.CurrentDirectory;
        string? within = null;
        var command = new NotebookRunCommand((folder, _) =>
        {
            within = folder;
            return _engine;
        });

        await command.RunAsync(new() { File = Write("n.ipynb", "print a") }, NewSession(), CancellationToken.None);

        Assert.Equal(_folder.Path, within);
        Assert.Equal(before, Environment.CurrentDirectory);
    }

    [Fact]
    public async Task A_dib_is_run_and_its_outputs_go_to_an_ipynb_that_front_ends_can_open()
    {
        var result = await RunAsync(new() { File = NotebookFixtures.Path("polyglot.dib"), Out = _folder["out.ipynb"] });

        var written = NotebookFile.Read(_folder["out.ipynb"]);
        Assert.Equal(4, result.Cells.Count);
        Assert.Equal("csharp-cde", written.Metadata["kernelspec"]!["name"]!.GetValue<string>());
        Assert.Equal(["markdown", "csharp", "fsharp", "sql-adventureworks", "mermaid"], written.Cells.Select(written.LanguageOf));
    }

    [Theory]
    [InlineData("out.dib", "--out out.dib: a notebook with its outputs is written as .ipynb")]
    [InlineData("out", "--out out: a notebook with its outputs is written as .ipynb")]
    public async Task A_run_cannot_be_written_where_outputs_have_no_place(string path, string expected) =>
        Assert.StartsWith(expected, (await Assert.ThrowsAsync<UsageException>(() => RunAsync(new() { File = Write("n.ipynb", "print a"), Out = path }))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Conversion_writes_what_the_extension_says_and_tells_what_is_lost()
    {
        var dib = await ConvertAsync(NotebookFixtures.Path("jupyter.ipynb"), "n.dib");
        var ipynb = await ConvertAsync(_folder["n.dib"], "n.ipynb");
        var html = await ConvertAsync(NotebookFixtures.Path("jupyter.ipynb"), "n.html");

        Assert.Equal(["outputs of 2 cells", "tags of 1 cell", "attachments of 1 cell"], dib.Lost);
        Assert.Empty(ipynb.Lost);
        Assert.Empty(html.Lost);
        Assert.Equal(NotebookFile.Read(NotebookFixtures.Path("jupyter.ipynb")).Cells.Select(cell => cell.Source), NotebookFile.Read(_folder["n.ipynb"]).Cells.Select(cell => cell.Source));
        Assert.StartsWith("<!DOCTYPE html>", await File.ReadAllTextAsync(_folder["n.html"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("notebook convert", "notebook convert: FILE is missing")]
    [InlineData("notebook convert a.ipynb", "notebook convert: --out is missing: the file to write (.ipynb, .dib or .html)")]
    [InlineData("notebook convert a.ipynb --out a.pdf", "--out a.pdf: a notebook is written as .ipynb, .dib or .html")]
    [InlineData("notebook covert a.ipynb", "notebook covert: no such command (did you mean convert?)")]
    public async Task A_wrong_line_is_refused(string line, string expected)
    {
        var run = await Shell.ShellRun.Of(line);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _notes.Dispose();
    }

    private Task<NotebookRunResult> RunAsync(NotebookRunCommandOptions options, CancellationToken cancellation = default) =>
        new NotebookRunCommand((_, _) => _engine).RunAsync(options, NewSession(), cancellation);

    private async Task<NotebookConvertResult> ConvertAsync(string from, string to) =>
        await new NotebookConvertCommand().RunAsync(new() { File = from, Out = _folder[to] }, NewSession(), CancellationToken.None);

    private Session NewSession() => new(new ShellDisplay(_notes, _notes, isTerminal: false, isQuiet: false));

    private string Write(string name, params string[] sources)
    {
        var notebook = new NotebookDocument();
        notebook.Cells.AddRange(sources.Select(source => new NotebookCell(CellKind.Code, source)));
        NotebookFile.Write(notebook, _folder[name]);
        return _folder[name];
    }
}
