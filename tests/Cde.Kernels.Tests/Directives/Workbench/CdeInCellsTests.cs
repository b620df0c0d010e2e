using Cde.Kernels.Cells;
using Cde.Kernels.Tests.Cells;

namespace Cde.Kernels.Tests.Directives.Workbench;

/// <summary>The commands among C# of the real engine.</summary>
public sealed class CdeInCellsTests(TinyWorkspace workspace) : IAsyncDisposable
{
    private readonly NotebookEngine _engine = NotebookEngine.Create();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_kept_result_is_a_typed_variable_and_objects_of_cells_are_taken()
    {
        await RunAsync("using Cde.Workbench.Corpora;\nvar docs = Enumerable.Range(0, 9).Select(n => new Document($\"d{n}\", $\"text {n}\")).ToList();\nvar n = 4;");

        var record = await RunAsync(
            $"""
            // the minicorpus, then C# on its result
            #!cde minicorpus --corpus @docs --size @n --as mini
            #!cde embed --corpus @docs --model {workspace.Model} --as vectors --quiet
            mini.DocumentIds.Count + vectors.Matrix[8].Length + vectors.Matrix.Count
            """);

        Assert.Equal("29", record.Events[^1]["result ".Length..]); // 4 + 16 + 9
        Assert.StartsWith("show 4 documents", record.Events[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kept_results_are_systems_of_a_comparison_by_their_variables_names()
    {
        var record = await RunAsync(
            $"""
            #!cde evaluate --corpus {TinyWorkspace.CorpusPath} --method bm25 --as plain --quiet
            #!cde evaluate --corpus {TinyWorkspace.CorpusPath} --method bm25 --k1 3 --as tuned --quiet
            #!cde compare @plain @tuned --corpus {TinyWorkspace.CorpusPath} --as compared --quiet
            string.Join(", ", compared.Comparison.Systems)
            """);

        Assert.Equal("plain, tuned", record.Events[^1]["result ".Length..].Trim('"'));
    }

    [Fact]
    public async Task A_wrong_line_stops_the_cell_before_its_code_runs()
    {
        var record = new CellRecord();

        var outcome = await _engine.ExecuteAsync(new CellRequest("var ran = 1;\n#!cde embed --modle x") { Name = "Cell 7" }, record);

        Assert.Equal("#!cde embed: no option --modle (did you mean --model?)", outcome.Error!.Message);
        Assert.Equal(["Cell 7, line 2:", "    #!cde embed --modle x", "                ^^^^^^^"], outcome.Error.Traceback);
        Assert.Equal("There are no variables.\n", (await RunAsync("#!who")).Events[0]["show ".Length..]);
    }

    [Fact]
    public async Task Time_measures_the_code_below_it()
    {
        var record = await RunAsync("#!time\nawait Task.Delay(30);\n1 + 1");

        Assert.Equal("result 2", record.Events[0]);
        Assert.Matches(@"^show Wall time: (\d{2,}\.\d ms|\d+\.\d\d s)\n$", record.Events[1]);
    }

    [Fact]
    public async Task Completion_and_hover_know_magics_and_leave_code_to_its_language()
    {
        await RunAsync("var mine = 5;");

        var magic = await _engine.CompleteAsync("mine\n#!cde embed --seed @mi", 26, TestContext.Current.CancellationToken);
        var code = await _engine.CompleteAsync("#!time\nmin", 10, TestContext.Current.CancellationToken);
        var hover = await _engine.InspectAsync("#!time\nmine", 3, TestContext.Current.CancellationToken);

        Assert.Equal(["@mine"], magic.Items.Select(item => item.Text));
        Assert.Equal((24, 27), (magic.Start, magic.End));
        Assert.Contains("mine", code.Items.Select(item => item.Text));
        Assert.Equal((7, 10), (code.Start, code.End));
        Assert.StartsWith("Measure the rest", hover!.Text, StringComparison.Ordinal);
    }

    private async Task<CellRecord> RunAsync(string code)
    {
        var record = new CellRecord();
        var outcome = await _engine.ExecuteAsync(new CellRequest(code), record);
        Assert.True(outcome.IsDone, $"{outcome.Error?.Message}\n{string.Join('\n', outcome.Error?.Traceback ?? [])}");
        return record;
    }
}
