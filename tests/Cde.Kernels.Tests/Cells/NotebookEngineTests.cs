using Cde.Kernels.Cells;
using Cde.Kernels.Hosting;
using Cde.Kernels.Languages;
using Cde.Kernels.Tests.Directives;

namespace Cde.Kernels.Tests.Cells;

/// <summary>The real engine with the real C#.</summary>
public sealed class NotebookEngineTests : IAsyncLifetime
{
    private readonly NotebookEngine _engine = NotebookEngine.Create();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Cell_value_is_the_last_expression_and_later_cells_see_variables()
    {
        Assert.Null((await Run("var x = 20;")).Result);
        Assert.Equal("41", (await Run("int Twice(int n) => 2 * n; Twice(x) + 1")).Result);
        Assert.Equal("40", (await Run("await Task.FromResult(Twice(x))")).Result);
    }

    [Fact]
    public async Task Compile_error_names_line_and_column_of_the_cell_and_leaves_state_alone()
    {
        await Run("var kept = 1;");
        var outcome = (await Run("#!time\nvar a = 1;\nvar b = missing + 1;")).Outcome;

        Assert.Equal("CompilationError", outcome.Error!.Name);
        Assert.Equal((3, 9), (outcome.Error.Line, outcome.Error.Column));
        Assert.Contains("CS0103", outcome.Error.Message, StringComparison.Ordinal);
        Assert.Equal("1", (await Run("kept")).Result);
    }

    [Fact]
    public async Task Exception_names_its_type_and_the_line_and_keeps_what_was_assigned()
    {
        var outcome = (await Run("var before = 7;\nint Fail() => throw new InvalidOperationException(\"no\");\nFail();")).Outcome;

        Assert.True(outcome.Error!.Name == "InvalidOperationException", outcome.Error.Name + ": " + outcome.Error.Message);
        Assert.Equal("no", outcome.Error.Message);
        Assert.True(outcome.Error.Line == 2, string.Join("\n", outcome.Error.Traceback));
        Assert.DoesNotContain(outcome.Error.Traceback, line => line.Contains("Cde.Kernels", StringComparison.Ordinal));
        Assert.Equal("7", (await Run("before")).Result);
    }

    [Fact]
    public async Task Running_cell_is_watched_from_a_subshell()
    {
        var running = Run("var step = 0; for (; step < 100_000 && !done; step++) await Task.Delay(1);", setup: "var done = false;");
        while (_engine.Languages.OfType<IVariables>().All(language => !language.TryGet("step", out var variable) || variable.Value is not > 3))
            await Task.Delay(5, TestContext.Current.CancellationToken);

        var watched = await Run("done = true; step > 0", shell: "watcher");

        Assert.Equal("True", watched.Result);
        Assert.True((await running).Outcome.IsDone);
    }

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("int Down(int n)\n{\n    for (;;) n = n + 1;\n}\nDown(1);")]
    [InlineData("again: goto again;")]
    [InlineData("Thread.Sleep(60_000);")]
    [InlineData("await Task.Delay(60_000);")]
    [InlineData("await Task.Delay(10); while (true) { }")]
    public async Task Interrupt_stops_the_cell_and_keeps_the_state(string code)
    {
        await Run("var kept = 5;");
        var running = Run(code);
        await Task.Delay(300, TestContext.Current.CancellationToken);

        _engine.Interrupt();
        var (outcome, _, _) = await running.WaitAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);

        Assert.True(outcome.WasInterrupted);
        Assert.Equal("5", (await Run("kept")).Result);
    }

    [Fact]
    public async Task Endless_recursion_is_an_error_of_the_cell()
    {
        var outcome = (await Run("int Down(int n) => Down(n + 1) + 1;\nDown(0)")).Outcome;

        Assert.Equal("InsufficientExecutionStackException", outcome.Error?.Name);
        Assert.Equal("2", (await Run("1 + 1")).Result);
    }

    [Fact]
    public async Task Console_of_a_cell_is_its_output()
    {
        var (done, output, _) = await Run("Console.Write(\"a\"); Console.Error.Write(\"b\"); Console.Write(\"c\");");

        Assert.True(done.IsDone, done.Error?.Message);
        Assert.Equal("abc", string.Concat(output.Written.Select(part => part.Text)));
    }

    [Fact]
    public async Task Completion_and_hover_know_the_notebook()
    {
        await Run("var answers = new List<string>();");

        var members = await _engine.CompleteAsync("answers.Ad", 10, TestContext.Current.CancellationToken);
        var names = await _engine.CompleteAsync("ans", 3, TestContext.Current.CancellationToken);
        var magics = await _engine.CompleteAsync("#!lsm", 5, TestContext.Current.CancellationToken);
        var hover = await _engine.InspectAsync("Console.WriteLine(answers)", 12, TestContext.Current.CancellationToken);

        Assert.Contains("AddRange", members.Items.Select(item => item.Text));
        Assert.Equal(8, members.Start);
        Assert.Equal("answers", names.Items[0].Text);
        Assert.Contains(magics.Items, item => item.Text.Contains("lsmagic", StringComparison.Ordinal));
        Assert.Contains("WriteLine", hover!.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 + 1", CompletenessStatus.Complete)]
    [InlineData("for (var i = 0; i < 3; i++) {", CompletenessStatus.Incomplete)]
    [InlineData("var x = );", CompletenessStatus.Invalid)]
    public void Completeness_follows_the_syntax(string code, CompletenessStatus status) => Assert.Equal(status, _engine.Check(code).Status);

    [Fact]
    public async Task Values_are_set_from_outside_with_their_type()
    {
        var csharp = (IVariables)_engine.Languages[0];
        await csharp.SetAsync("table", new Dictionary<string, int[]> { ["a"] = [1, 2] });

        Assert.Equal("2", (await Run("table[\"a\"].Length")).Result);
        Assert.Contains(csharp.List(), variable => variable.Name == "table");
    }

    [Fact]
    public async Task Expressions_are_evaluated_beside_the_cells()
    {
        await Run("var x = 3;");

        Assert.Equal("9", (await _engine.EvaluateAsync("x * x", TestContext.Current.CancellationToken))[MimeBundle.PlainText]);
        await Assert.ThrowsAsync<CellFailedException>(() => _engine.EvaluateAsync("x *", TestContext.Current.CancellationToken));
    }

    private async Task<(CellOutcome Outcome, ShownOutput Output, string? Result)> Run(string code, string? setup = null, string? shell = null)
    {
        if (setup is not null)
        {
            var (done, _, _) = await Run(setup);
            Assert.True(done.IsDone, done.Error?.Message);
        }


        var output = new ShownOutput();
        var outcome = await _engine.ExecuteAsync(new CellRequest(code) { Name = "Cell 1", Shell = shell }, output);
        return (outcome, output, output.Shown.LastOrDefault()?[MimeBundle.PlainText].Trim());
    }
}
