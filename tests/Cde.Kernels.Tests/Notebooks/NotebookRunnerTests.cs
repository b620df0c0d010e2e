using System.Text;
using System.Text.Json.Nodes;
using Cde.Kernels.Notebooks;

namespace Cde.Kernels.Tests.Notebooks;

public class NotebookRunnerTests
{
    private readonly ScriptedEngine _engine = new();
    private readonly List<string> _told = [];

    [Fact]
    public async Task Outputs_are_joined_by_stream_and_stand_in_the_order_they_were_written()
    {
        var notebook = Notebook("print a\nprint b\nwarn c\nprint d\nshow e\nresult f");

        await RunAsync(notebook);

        Assert.Equal(
            """[{"name":"stdout","output_type":"stream","text":["a\n","b\n"]},{"name":"stderr","output_type":"stream","text":["c\n"]},{"name":"stdout","output_type":"stream","text":["d\n"]},"""
            + """{"data":{"text/html":["<b>e</b>"],"text/plain":["e"]},"metadata":{},"output_type":"display_data"},"""
            + """{"data":{"text/html":["<b>f</b>"],"text/plain":["f"]},"execution_count":1,"metadata":{},"output_type":"execute_result"}]""",
            Outputs(notebook, 0));
    }

    [Fact]
    public async Task A_display_is_replaced_in_the_cell_that_showed_it_by_any_later_cell()
    {
        var notebook = Notebook("show bar 0\nshow other 1\nshow bar 0", "update bar 9\nupdate none 9\nprint x");

        await RunAsync(notebook);

        Assert.Equal(["9", "1", "9"], notebook.Cells[0].Outputs.Select(output => output!["data"]!["text/plain"]![0]!.GetValue<string>()));
        Assert.Single(notebook.Cells[1].Outputs);
    }

    [Theory]
    [InlineData("print a\nclear\nprint b", """[{"name":"stdout","output_type":"stream","text":["b\n"]}]""")]
    [InlineData("print a\nclear", "[]")]
    [InlineData("print a\nclear-later", """[{"name":"stdout","output_type":"stream","text":["a\n"]}]""")]
    [InlineData("print a\nclear-later\nprint b", """[{"name":"stdout","output_type":"stream","text":["b\n"]}]""")]
    [InlineData("show id a\nclear\nprint b\nupdate id c", """[{"name":"stdout","output_type":"stream","text":["b\n"]}]""")]
    public async Task Clearing_removes_what_the_cell_has_shown(string script, string expected)
    {
        var notebook = Notebook(script);

        await RunAsync(notebook);

        Assert.Equal(expected, Outputs(notebook, 0));
    }

    [Fact]
    public async Task The_first_error_stops_the_run_and_names_file_cell_and_line()
    {
        var notebook = Notebook("print a", "print b\nfail no good", "print c");
        notebook.Cells.Insert(0, new NotebookCell(CellKind.Markdown, "# Title"));

        var run = await RunAsync(notebook);

        Assert.Equal("n.ipynb cell [2] \"print b\", line 2: TestException: no good", run.Failure);
        Assert.Equal([2, 3], run.Cells.Select(cell => cell.Number));
        Assert.Equal([1, 2, null], notebook.Cells.Skip(1).Select(cell => cell.ExecutionCount));
        Assert.Equal("""{"ename":"TestException","evalue":"no good","output_type":"error","traceback":["\u001B[31mTestException\u001B[0m: no good","   at line 2"]}""", notebook.Cells[2].Outputs[1]!.ToJsonString());
        Assert.Empty(notebook.Cells[3].Outputs);
    }

    [Fact]
    public async Task Cells_that_may_fail_do_not_stop_the_run()
    {
        var notebook = Notebook("fail expected", "print b");
        notebook.Cells[0].Metadata["tags"] = new JsonArray("raises-exception");

        var run = await RunAsync(notebook);

        Assert.Null(run.Failure);
        Assert.Equal(2, run.Cells.Count);
        Assert.NotNull(run.Cells[0].Error);
    }

    [Fact]
    public async Task With_errors_allowed_every_cell_is_run()
    {
        var run = await RunAsync(Notebook("fail a", "fail b", "print c"), new NotebookRunOptions { AllowErrors = true });

        Assert.Null(run.Failure);
        Assert.Equal(["TestException", "TestException", null], run.Cells.Select(cell => cell.Error?.Name));
    }

    [Fact]
    public async Task Cells_that_are_not_run_keep_what_they_have_and_the_others_lose_it()
    {
        var notebook = NotebookFile.Read(NotebookFixtures.Path("jupyter.ipynb"));
        notebook.Cells[2].Metadata["tags"] = new JsonArray("skip-execution");
        notebook.Cells[3].Source = "print again";

        var run = await RunAsync(notebook);

        Assert.Equal([2, 4], run.Cells.Select(cell => cell.Number));
        Assert.Equal(7, notebook.Cells[2].Outputs.Count);
        Assert.Equal(2, notebook.Cells[3].ExecutionCount);
        Assert.Equal("""[{"name":"stdout","output_type":"stream","text":["again\n"]}]""", Outputs(notebook, 3));
        Assert.Null(notebook.Cells[5].ExecutionCount);
    }

    [Fact]
    public async Task Languages_are_told_to_the_engine()
    {
        var notebook = NotebookFile.Read(NotebookFixtures.Path("polyglot.dib"));

        await RunAsync(notebook);

        Assert.Equal(["csharp", "fsharp", "sql-adventureworks", "mermaid"], _engine.Requests.Select(request => request.Language));
        Assert.Equal(["Cell 1", "Cell 2", "Cell 3", "Cell 4"], _engine.Requests.Select(request => request.Name));
    }

    [Fact]
    public async Task A_cell_that_takes_too_long_is_interrupted_and_named()
    {
        var notebook = Notebook("print a\nwait", "print b");

        var run = await RunAsync(notebook, new NotebookRunOptions { Timeout = TimeSpan.FromMilliseconds(50) });

        Assert.Equal("n.ipynb cell [1] \"print a\", line 2: Timeout: took longer than 0.05 s", run.Failure);
        Assert.False(run.LeftCellRunning);
        Assert.Equal(["stream", "error"], notebook.Cells[0].Outputs.Select(output => output!["output_type"]!.GetValue<string>()));
        Assert.Null(notebook.Cells[1].ExecutionCount);
    }

    [Fact]
    public async Task A_cell_that_does_not_stop_is_left_behind_even_where_errors_are_allowed()
    {
        var notebook = Notebook("print a\nhang", "print b");

        var run = await RunAsync(notebook, new NotebookRunOptions { Timeout = TimeSpan.FromMilliseconds(50), StopGrace = TimeSpan.FromMilliseconds(50), AllowErrors = true });

        Assert.Equal("n.ipynb cell [1] \"print a\": Timeout: took longer than 0.05 s, and has not stopped after 0.05 s", run.Failure);
        Assert.True(run.LeftCellRunning);
        Assert.Single(run.Cells);
    }

    [Fact]
    public async Task A_cancelled_run_keeps_what_is_done()
    {
        var notebook = Notebook("print a", "print b\nwait", "print c");
        using var stop = new CancellationTokenSource();

        var running = RunAsync(notebook, cancellation: stop.Token);
        await _engine.Waiting.Task;
        await stop.CancelAsync();
        var run = await running;

        Assert.True(run.WasInterrupted);
        Assert.Null(run.Failure);
        Assert.Equal("""[{"name":"stdout","output_type":"stream","text":["a\n"]}]""", Outputs(notebook, 0));
        Assert.Contains("\"Interrupted\"", Outputs(notebook, 1), StringComparison.Ordinal);
        Assert.Empty(notebook.Cells[2].Outputs);
    }

    [Fact]
    public async Task Input_is_refused_with_the_way_out()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(Notebook("ask Name?")));

        Assert.Equal("input \"Name?\": nobody is there to answer in a run without a front end; take the value from a parameters cell (--param)", failure.Message);
    }

    [Fact]
    public async Task Every_cell_is_told_and_handed_on_when_it_has_ended()
    {
        var seen = new List<int>();

        await RunAsync(Notebook("print a", "fail b"), afterCell: notebook => seen.Add(notebook.Cells.Sum(cell => cell.Outputs.Count)));

        Assert.Equal([1, 2], seen);
        Assert.Equal(["cell [1] \"print a\" (csharp): ", "cell [2] \"fail b\" (csharp): "], _told.Select(line => line[..(line.IndexOf("): ", StringComparison.Ordinal) + 3)]));
        Assert.EndsWith(" s, TestException", _told[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Timing_is_recorded_only_on_request()
    {
        var (plain, timed) = (Notebook("print a"), Notebook("print a"));

        await RunAsync(plain);
        await RunAsync(timed, new NotebookRunOptions { RecordsTiming = true });

        Assert.Empty(plain.Cells[0].Metadata);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$", timed.Cells[0].Metadata["execution"]!["shell.execute_reply"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_long_stream_keeps_its_beginning_and_its_end()
    {
        var lines = Enumerable.Range(0, 200_000).Select(line => $"print line {line}");
        var notebook = Notebook(string.Join('\n', lines));

        await RunAsync(notebook);

        var text = string.Concat(notebook.Cells[0].Outputs.Single()!["text"]!.AsArray().Select(line => line!.GetValue<string>()));
        Assert.StartsWith("line 0\nline 1\n", text, StringComparison.Ordinal);
        Assert.EndsWith("line 199998\nline 199999\n", text, StringComparison.Ordinal);
        Assert.Matches(@"\n… [\d,]+ characters left out …\nline \d+\n", text);
        Assert.InRange(text.Length, BoundedText.DefaultHalf, (2 * BoundedText.DefaultHalf) + 100);
    }

    [Fact]
    public async Task A_run_gives_a_file_that_nbformat_accepts()
    {
        var notebook = Notebook("print a\nwarn b\nshow c\nresult d\nfail e");
        await RunAsync(notebook);

        // The same rules as nbformat's schema for the parts that a run writes.
        var again = IpynbReader.Read(IpynbWriter.Write(notebook), "n.ipynb");

        Assert.Equal(5, again.Cells[0].Outputs.Count);
        Assert.Contains("\"nbformat_minor\": 5", Encoding.UTF8.GetString(IpynbWriter.Write(again)), StringComparison.Ordinal);
    }

    private Task<NotebookRun> RunAsync(NotebookDocument notebook, NotebookRunOptions? options = null, Action<NotebookDocument>? afterCell = null, CancellationToken cancellation = default) =>
        new NotebookRunner(_engine, options ?? new NotebookRunOptions(), "n.ipynb", TimeProvider.System) { Tell = _told.Add, AfterCell = afterCell }.RunAsync(notebook, null, cancellation);

    private static NotebookDocument Notebook(params string[] sources)
    {
        var notebook = new NotebookDocument();
        notebook.Cells.AddRange(sources.Select(source => new NotebookCell(CellKind.Code, source)));
        return notebook;
    }

    private static string Outputs(NotebookDocument notebook, int cell) => notebook.Cells[cell].Outputs.ToJsonString(new System.Text.Json.JsonSerializerOptions
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
