using Cde.Kernels.Cells;
using Cde.Kernels.Languages;
using Cde.Testing;

namespace Cde.Kernels.Tests.Languages.FSharp;

[Collection(FSharpCollection.Name)]
public sealed class FSharpLanguageTests(FSharpFixture fixture)
{
    private readonly FSharpLanguage _fsharp = fixture.Language;
    private readonly RecordedOutput _output = new();

    [Theory]
    [InlineData("1 + 1", 2)]
    [InlineData("let x = 20\nlet y = 22\nx + y", 42)]
    [InlineData("let z = 1;; z + 1;;", 2)]
    [InlineData("type Shape = Circle of float | Square of float\nmatch Square 2.0 with Circle _ -> 0 | Square _ -> 3", 3)]
    [InlineData("#nowarn \"25\"\nlet q = 4\nq", 4)]
    public async Task The_last_expression_is_the_value(string code, int value) => Assert.Equal(value, (await _fsharp.RunAsync(code))!.Value);

    [Theory]
    [InlineData("let nothingShown = 1")]
    [InlineData("()")]
    [InlineData("ignore 3")]
    [InlineData("// only a comment")]
    [InlineData("")]
    public async Task Declarations_and_unit_have_no_value(string code) => Assert.Null(await _fsharp.RunAsync(code));

    [Fact]
    public async Task A_null_value_is_a_value() => Assert.Null((await _fsharp.RunAsync("(null: string)"))!.Value);

    [Fact]
    public async Task Declarations_last_from_cell_to_cell()
    {
        await _fsharp.RunAsync("let rec fact n = if n <= 1 then 1 else n * fact (n - 1)\ntype Point = { X: int; Y: int }\nopen System.Text");
        await _fsharp.RunAsync("let point = { X = fact 4; Y = 1 }");
        var value = await _fsharp.RunAsync("StringBuilder().Append(point.X).ToString()");

        Assert.Equal("24", value!.Value);
    }

    [Fact]
    public async Task A_value_is_not_computed_only_to_be_printed()
    {
        await _fsharp.RunAsync("let mutable looked = 0\nlet lazySequence = seq { looked <- looked + 1; yield 1 }\nlazySequence", _output);

        Assert.Equal(0, (await _fsharp.RunAsync("looked"))!.Value);
        Assert.Equal("", _output.Both);
    }

    [Fact]
    public async Task Code_runs_on_the_thread_that_asks()
    {
        var value = await _fsharp.RunAsync("System.Environment.CurrentManagedThreadId");
        var here = 0;
        var thread = new Thread(() => here = (int)_fsharp.RunAsync("System.Environment.CurrentManagedThreadId").GetAwaiter().GetResult()!.Value! - Environment.CurrentManagedThreadId);
        thread.Start();
        thread.Join();

        Assert.Equal(0, here);
        Assert.IsType<int>(value!.Value);
    }

    [Fact]
    public async Task F_sharps_own_types_are_the_hosts()
    {
        var value = await _fsharp.RunAsync("[1; 2; 3]");

        Assert.Equal([1, 2, 3], Assert.IsType<Microsoft.FSharp.Collections.FSharpList<int>>(value!.Value));
    }

    [Fact]
    public async Task Types_of_the_workbench_are_at_hand()
    {
        var value = await _fsharp.RunAsync("Cde.Workbench.NearestNames.Suggest(\"totl\", [\"total\"])");

        Assert.Equal("did you mean total?", value!.Value);
    }

    [Fact]
    public async Task An_error_of_the_compiler_is_marked()
    {
        var error = (await Assert.ThrowsAsync<CellFailedException>(() => _fsharp.RunAsync("let good = 1\nlet bad = good + \"x\""))).Error;

        Assert.Equal(("CompilationError", "FS0001: The type 'string' does not match the type 'int'", 2, 18), (error.Name, error.Message, error.Line, error.Column));
        Assert.Contains("→ 2 | let bad = good + \"x\"", error.Traceback);
        Assert.Contains("    |                  ^", error.Traceback);
    }

    [Fact]
    public async Task An_error_behind_two_semicolons_is_on_its_own_line()
    {
        var error = (await Assert.ThrowsAsync<CellFailedException>(() => _fsharp.RunAsync("let one = 1;;\n\nlet two = ;;"))).Error;

        Assert.Equal(3, error.Line);
    }

    [Fact]
    public async Task A_warning_is_written_and_the_code_runs()
    {
        var value = await _fsharp.RunAsync("match Some 3 with\n| Some x -> x", _output);

        Assert.Equal(3, value!.Value);
        Assert.StartsWith("(1,7): warning FS0025: Incomplete pattern matches on this expression.", _output.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_is_told_with_the_cells_line()
    {
        var failed = await Assert.ThrowsAsync<CellFailedException>(() => _fsharp.RunAsync("let start = 1\n\nlet number = System.Int32.Parse \"x\""));

        Assert.Equal(("FormatException", "The input string 'x' was not in a correct format.", 3), (failed.Error.Name, failed.Error.Message, failed.Error.Line));
        Assert.IsType<FormatException>(failed.InnerException);
        Assert.Contains("→ 3 | let number = System.Int32.Parse \"x\"", failed.Error.Traceback);
        Assert.Contains("   at the cell in Cell, line 3", failed.Error.Traceback);
        Assert.DoesNotContain(failed.Error.Traceback, line => line.Contains("Invoke", StringComparison.Ordinal));
        Assert.Null((await _fsharp.RunAsync("let start = 2")));
    }

    [Fact]
    public async Task What_failed_leaves_earlier_declarations_alone()
    {
        await _fsharp.RunAsync("let kept = 5");
        await Assert.ThrowsAsync<CellFailedException>(() => _fsharp.RunAsync("let kept = failwith \"no\" : int"));

        Assert.Equal(5, (await _fsharp.RunAsync("kept"))!.Value);
    }

    [Fact]
    public async Task A_script_is_loaded()
    {
        using var folder = new TemporaryFolder();
        var script = folder.Write("shapes.fsx", "let area r = 3.0 * r * r");

        Assert.Equal(12.0, (await _fsharp.RunAsync($"#load @\"{script}\"\nShapes.area 2.0"))!.Value);
    }

    [Fact]
    public async Task A_token_that_is_set_stops_a_waiting_workflow()
    {
        using var interrupt = new CancellationTokenSource();
        interrupt.CancelAfter(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Run(() => _fsharp.RunAsync(
            "Async.RunSynchronously(Async.Sleep 600000)", _output.Cell(cancellation: interrupt.Token))).WaitAsync(TimeSpan.FromSeconds(60)));

        Assert.Equal(3, (await _fsharp.RunAsync("async { return 3 } |> Async.RunSynchronously"))!.Value);
    }
}
