using System.Diagnostics;
using System.Text.Json.Nodes;
using Cde.Kernels.Notebooks;
using Cde.Kernels.Tests.Shell;
using Cde.Testing;

namespace Cde.Kernels.Tests.Commands;

/// <summary>Notebooks run by the real engine, through the shell.</summary>
public sealed class NotebookRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task State_outputs_and_displays_reach_the_notebook()
    {
        var run = await RunAsync(
            "var rows = new List<int> { 1, 2 };\nConsole.WriteLine(\"a\"); Console.Error.WriteLine(\"b\"); Console.WriteLine(\"c\");",
            "var shown = display(\"first\");\nrows.Add(3);",
            "shown.Update(\"second\");\nrows.Sum()");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(["stdout", "stderr", "stdout"], Outputs(0).Select(output => output["name"]!.GetValue<string>()));
        Assert.Equal("second", MultilineText.Join(Outputs(1).Single()["data"]!["text/plain"]));
        Assert.Equal("6", MultilineText.Join(Outputs(2).Single()["data"]!["text/plain"]));
        Assert.Equal(3, Outputs(2).Single()["execution_count"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("var a = 1;\nvar b = missing;", "line 2: CompilationError: ")]
    [InlineData("var a = 1;\n\nthrow new InvalidOperationException(\"no good\");", "line 3: InvalidOperationException: no good")]
    [InlineData("#!cde serch moon", "line 1: ")]
    [InlineData("#!fsherp\n1", "line 1: ")]
    public async Task The_first_error_names_file_cell_and_line(string source, string expected)
    {
        var run = await RunAsync("1 + 1", source, "2 + 2");

        Assert.Equal(1, run.ExitCode);
        var reason = run.Error.TrimEnd().Split('\n')[^1];
        Assert.StartsWith($"cde notebook run: {_folder["n.ipynb"]} cell [2] \"{source.Split('\n')[0]}\", {expected}", reason, StringComparison.Ordinal);
        Assert.Equal("error", Outputs(1)[^1]["output_type"]!.GetValue<string>());
        Assert.Empty(Outputs(2));
    }

    [Fact]
    public async Task Parameters_reach_the_cells_with_their_declared_types()
    {
        Write("n.ipynb", "var rate = 0.5;\nvar name = \"x\";\nint[] ks = { 1 };", "$\"{rate / 2} {name} {ks.Sum()}\"");
        var notebook = NotebookFile.Read(_folder["n.ipynb"]);
        notebook.Cells[0].Metadata["tags"] = new JsonArray("parameters");
        NotebookFile.Write(notebook, _folder["n.ipynb"]);

        var run = await ShellRun.Of(["notebook", "run", _folder["n.ipynb"], "--param", "rate=1", "--param", "name=007", "--param", "ks=[2,3]", "--out", _folder["out.ipynb"]]);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal("0.5 007 5", MultilineText.Join(Outputs(2).Single()["data"]!["text/plain"]));
    }

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("System.Threading.Thread.Sleep(1_000_000);")]
    [InlineData("await Task.Delay(1_000_000);")]
    public async Task A_cell_without_end_is_stopped_at_its_limit(string source)
    {
        await RunAsync("1"); // the first cell of a process compiles for seconds on a busy machine
        Write("n.ipynb", "var before = 1;", "Console.WriteLine(\"in\");\n" + source, "2");

        var run = await ShellRun.Of(["notebook", "run", _folder["n.ipynb"], "--timeout", "5", "--out", _folder["out.ipynb"]]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{_folder["n.ipynb"]} cell [2]", run.Error, StringComparison.Ordinal);
        Assert.Contains("Timeout: took longer than 5 s\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(["stream", "error"], Outputs(1).Select(output => output["output_type"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Cells_read_files_from_the_notebooks_folder()
    {
        _folder.Write("data.txt", "near");

        var run = await RunAsync("File.ReadAllText(\"data.txt\")");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal("near", MultilineText.Join(Outputs(0).Single()["data"]!["text/plain"]));
    }

    [Fact]
    public async Task Input_is_refused_in_the_cell_that_asks()
    {
        var run = await RunAsync("1", "Console.ReadLine()");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("cell [2]", run.Error, StringComparison.Ordinal);
        Assert.Contains("nobody is there to answer", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(7, 7)]
    public async Task A_cell_that_ends_the_process_is_named_and_what_is_done_is_written(int asked, int expected)
    {
        Write("n.ipynb", "Console.WriteLine(\"kept\");", $"Console.WriteLine(\"too\");\nEnvironment.Exit({asked});", "3");
        var input = await File.ReadAllBytesAsync(_folder["n.ipynb"], TestContext.Current.CancellationToken);

        var (code, error) = await ProcessAsync("notebook", "run", _folder["n.ipynb"], "--out", _folder["out.ipynb"]);

        Assert.Equal(expected, code);
        Assert.Contains($"{_folder["n.ipynb"]} cell [2] \"Console.WriteLine(\"too\");\": Exit: the cell ended the process", error, StringComparison.Ordinal);
        Assert.Equal(["stream"], Outputs(0).Select(output => output["output_type"]!.GetValue<string>()));
        Assert.Equal(["stream", "error"], Outputs(1).Select(output => output["output_type"]!.GetValue<string>()));
        Assert.Equal(input, await File.ReadAllBytesAsync(_folder["n.ipynb"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_process_killed_in_a_cell_leaves_the_notebook_whole_and_the_cells_before_written()
    {
        Write("n.ipynb", "Console.WriteLine(\"kept\");", "System.Diagnostics.Process.GetCurrentProcess().Kill();", "3");
        var input = await File.ReadAllBytesAsync(_folder["n.ipynb"], TestContext.Current.CancellationToken);

        var inPlace = await ProcessAsync("notebook", "run", _folder["n.ipynb"], "--out", _folder["n.ipynb"]);
        var elsewhere = await ProcessAsync("notebook", "run", _folder["n.ipynb"], "--out", _folder["out.ipynb"]);

        Assert.NotEqual(0, inPlace.Code);
        Assert.NotEqual(0, elsewhere.Code);
        Assert.Equal(input, await File.ReadAllBytesAsync(_folder["n.ipynb"], TestContext.Current.CancellationToken));
        Assert.Single(Outputs(0));
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }

    public void Dispose() => _folder.Dispose();

    private Task<ShellRun> RunAsync(params string[] sources)
    {
        Write("n.ipynb", sources);
        return ShellRun.Of(["notebook", "run", _folder["n.ipynb"], "--out", _folder["out.ipynb"]]);
    }

    private List<JsonObject> Outputs(int cell) => [.. NotebookFile.Read(_folder["out.ipynb"]).Cells[cell].Outputs.Cast<JsonObject>()];

    private void Write(string name, params string[] sources)
    {
        var notebook = new NotebookDocument();
        notebook.Cells.AddRange(sources.Select(source => new NotebookCell(CellKind.Code, source)));
        NotebookFile.Write(notebook, _folder[name]);
    }

    private static async Task<(int Code, string Error)> ProcessAsync(params string[] words)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } given ? given : "dotnet";
        using var process = Process.Start(new ProcessStartInfo(host, [Path.Combine(AppContext.BaseDirectory, "Cde.Kernels.dll"), .. words]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await output;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, error);
    }
}
