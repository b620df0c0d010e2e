using Cde.Kernels.Languages;

namespace Cde.Kernels.Tests.Languages.CSharp;

/// <summary>What cells evaluate to, and what they see of each other.</summary>
public sealed class CellRunTests : IAsyncLifetime
{
    private readonly CSharpSession _session = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Theory]
    [InlineData("1 + 1", 2)]
    [InlineData("var x = 20; x * 2", 40)]
    [InlineData("await Task.FromResult(3)", 3)]
    [InlineData("return 5;", 5)]
    [InlineData("if (DateTime.UnixEpoch.Year > 2000) return 1;\n2", 2)]
    [InlineData("new[] { 1, 2, 3 }.Sum()", 6)]
    [InlineData("int F() => 7;\nF()", 7)]
    [InlineData("int F()\n{\n    return 8;\n}\nF()", 8)]
    [InlineData("#nullable enable\nstring? s = null;\n(s ?? \"ab\").Length", 2)]
    [InlineData("var (a, b) = (1, 2); a + b", 3)]
    [InlineData("int.TryParse(\"12\", out var n); n", 12)]
    [InlineData("unsafe { int v = 9; int* p = &v; return *p; }", 9)]
    [InlineData("record P(int X);\nnew P(4).X", 4)]
    [InlineData("int F() { Span<int> s = stackalloc int[3]; return s.Length; }\nF()", 3)]
    [InlineData("using System.Numerics;\n(int)new BigInteger(11)", 11)]
    public async Task The_value_is_that_of_the_last_expression(string code, int expected) =>
        Assert.Equal(expected, await _session.ValueAsync(code));

    [Theory]
    [InlineData("")]
    [InlineData("// nothing")]
    [InlineData("1 + 1;")]
    [InlineData("var x = 1;")]
    [InlineData("using System.Numerics;")]
    [InlineData("Console.Out.Flush()")]
    [InlineData("await Task.CompletedTask")]
    [InlineData("void F() { }")]
    [InlineData("class C { }")]
    [InlineData("if (true) return;")]
    public async Task A_cell_without_a_last_expression_has_no_value(string code)
    {
        if (code == "1 + 1;")
            Assert.Contains("CS0201", (await _session.ErrorAsync(code)).Message, StringComparison.Ordinal);
        else
            Assert.Null(await _session.RunAsync(code));
    }

    [Fact]
    public async Task A_null_value_is_a_value() => Assert.Equal(new CellValue(null), await _session.RunAsync("(string)null"));

    [Fact]
    public async Task Later_cells_see_variables_functions_types_and_usings()
    {
        await _session.RunAsync("using static System.Math;\nvar total = 1;\nint Twice(int n) => 2 * n;\nrecord Point(int X, int Y);");
        await _session.RunAsync("total = Twice(total) + Max(1, 3);");
        await _session.RunAsync("var point = new Point(total, 2);");

        Assert.Equal(5, await _session.ValueAsync("point.X"));
        Assert.Equal("Point { X = 5, Y = 2 }", await _session.ValueAsync("$\"{point}\""));
    }

    [Fact]
    public async Task A_declaration_hides_the_one_before_it()
    {
        await _session.RunAsync("var x = 1; int F() => 1;");
        await _session.RunAsync("var x = \"two\"; int F() => 2;");

        Assert.Equal("two", await _session.ValueAsync("x"));
        Assert.Equal(2, await _session.ValueAsync("F()"));
    }

    [Fact]
    public async Task A_cell_that_does_not_compile_leaves_no_trace()
    {
        await _session.RunAsync("var x = 1;");
        await _session.ErrorAsync("var x = 2; var y = missing;");

        Assert.Equal(1, await _session.ValueAsync("x"));
        Assert.Contains("CS0103", (await _session.ErrorAsync("y")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_keeps_what_was_assigned_before_it()
    {
        await _session.ErrorAsync("var before = 1; var after = int.Parse(\"x\");");

        Assert.Equal(1, await _session.ValueAsync("before"));
        Assert.Equal(0, await _session.ValueAsync("after"));
    }

    [Fact]
    public async Task A_cell_of_another_shell_sees_the_variables_of_one_that_runs()
    {
        var running = _session.RunAsync("var step = 0; var stop = false;\nwhile (!stop) { step++; await Task.Delay(1); }");
        var clock = TimeProvider.System.GetTimestamp();
        while (!_session.Language.TryGet("step", out var step) || step.Value is not > 0)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(clock) < CSharpSession.Patience);
            await Task.Delay(5);
        }

        var first = (int)(await _session.ValueAsync("step", shell: "watcher"))!;
        await _session.RunAsync("stop = true;", shell: "watcher");
        await running;

        Assert.InRange(first, 1, (int)(await _session.ValueAsync("step"))!);
    }

    [Fact]
    public async Task Cells_of_many_shells_at_once_all_take_their_place()
    {
        var runs = Enumerable.Range(0, 24).Select(number => _session.RunAsync($"var v{number} = {number}; await Task.Yield(); v{number} * 2", $"shell {number % 4}")).ToList();
        var values = await Task.WhenAll(runs);

        Assert.Equal(Enumerable.Range(0, 24).Select(number => (object)(number * 2)), values.Select(value => value!.Value!));
        Assert.Equal(Enumerable.Range(0, 24).Sum(), await _session.ValueAsync(string.Join(" + ", Enumerable.Range(0, 24).Select(number => $"v{number}"))));
    }

    [Fact]
    public async Task Cells_that_declare_nothing_leave_the_chain_as_it_is()
    {
        await _session.RunAsync("var x = 0;");
        for (var number = 0; number < 5; number++)
            await _session.RunAsync("x += 1; Console.Out.Flush();");
        await _session.RunAsync("int Two() => 2;");

        Assert.Equal(5, await _session.ValueAsync("x"));
        Assert.Equal(2, _session.Language.DeclaringCells);
    }

    [Fact]
    public async Task A_task_that_nobody_awaits_is_told_and_other_warnings_are_not()
    {
        await _session.RunAsync("async Task F() { await Task.Yield(); }\nint unused;\nasync Task G() { F(); await Task.Yield(); }");

        var line = Assert.Single(_session.Output.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("(3,18): warning CS4014", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_workbench_and_the_calls_that_show_things_are_in_scope()
    {
        Assert.Equal("CdeException", await _session.ValueAsync("nameof(CdeException)"));
        Assert.Equal("Corpora", await _session.ValueAsync("typeof(Corpus).Namespace.Split('.').Last()"));
        await _session.RunAsync("display(42);");
        Assert.Equal("42", Assert.Single(_session.Output.Displays)[Cde.Kernels.Hosting.MimeBundle.PlainText]);
    }

    [Fact]
    public async Task Type_names_given_as_text_are_found_among_the_cells()
    {
        await _session.RunAsync("class Thing { }");

        Assert.Equal(true, await _session.ValueAsync("Type.GetType(typeof(Thing).AssemblyQualifiedName) == typeof(Thing)"));
    }
}
