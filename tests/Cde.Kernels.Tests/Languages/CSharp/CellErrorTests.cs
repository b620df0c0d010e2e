
namespace Cde.Kernels.Tests.Languages.CSharp;

/// <summary>What a reader is told when a cell fails.</summary>
public sealed class CellErrorTests : IAsyncLifetime
{
    private readonly CSharpSession _session = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Fact]
    public async Task A_compile_error_shows_its_place_its_line_and_a_caret()
    {
        var error = await _session.ErrorAsync("var a = 1;\nvar b = missing + 1;\n\tvar c = alsoMissing;");

        Assert.Equal("CompilationError", error.Name);
        Assert.Equal("CS0103: The name 'missing' does not exist in the current context", error.Message);
        Assert.Equal((2, 9), (error.Line, error.Column));
        Assert.Equal(
            [
                "(2,9): error CS0103: The name 'missing' does not exist in the current context",
                "    var b = missing + 1;",
                "            ^^^^^^^",
                "(3,10): error CS0103: The name 'alsoMissing' does not exist in the current context",
                "    \tvar c = alsoMissing;",
                "    \t        ^^^^^^^^^^^",
            ],
            error.Traceback);
    }

    [Theory]
    [InlineData("var x = ;", 1, 9)]
    [InlineData("foo(", 1, 5)]
    [InlineData("\n\n\"unclosed", 3, 1)]
    [InlineData("string s = 5;", 1, 12)]
    public async Task A_compile_error_names_line_and_column(string code, int line, int column)
    {
        var error = await _session.ErrorAsync(code);

        Assert.Equal((line, column), (error.Line, error.Column));
    }

    [Fact]
    public async Task A_using_declaration_is_answered_with_what_to_write()
    {
        var error = await _session.ErrorAsync("var a = 1;\nusing var stream = new MemoryStream();");

        Assert.Contains("leave out `using`", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_before_the_code_count_in_the_text_but_not_in_the_position()
    {
        var compile = await _session.ErrorAsync("missing", linesBefore: 3);
        var run = await _session.ErrorAsync("\nthrow new FormatException(\"x\");", linesBefore: 3);

        Assert.Equal((1, 1), (compile.Line, compile.Column));
        Assert.StartsWith("(4,1):", compile.Traceback[0], StringComparison.Ordinal);
        Assert.Equal(2, run.Line);
        Assert.Contains("→ 5 | throw new FormatException(\"x\");", run.Traceback);
        Assert.Equal("   at Cell 2, line 5", run.Traceback[^1]);
    }

    [Fact]
    public async Task Many_errors_are_cut_and_counted()
    {
        var error = await _session.ErrorAsync(string.Join('\n', Enumerable.Range(0, 30).Select(number => $"missing{number}();")));

        Assert.Equal("and 10 more", error.Traceback[^1]);
        Assert.Equal(61, error.Traceback.Count);
    }

    [Fact]
    public async Task An_exception_shows_the_cells_line_and_the_calls_of_cells_and_libraries_alone()
    {
        await _session.RunAsync("int Read(string text)\n{\n    return int.Parse(text);\n}");
        var error = await _session.ErrorAsync("var a = 1;\nvar b = a\n    + Read(\"x\");\nvar c = 2;");

        Assert.Equal("FormatException", error.Name);
        Assert.Contains("'x'", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, error.Line);
        Assert.Contains("→ 2 | var b = a", error.Traceback);
        Assert.Contains("   at Read(String text) in Cell 1, line 3", error.Traceback);
        Assert.Equal("   at Cell 2, line 2", error.Traceback[^1]);
        Assert.Contains(error.Traceback, line => line.StartsWith("   at Int32.Parse(", StringComparison.Ordinal));
        Assert.DoesNotContain(error.Traceback, line => line.Contains("Cde.", StringComparison.Ordinal) || line.Contains("MoveNext", StringComparison.Ordinal) || line.Contains('<', StringComparison.Ordinal) || line.Contains("Awaiter", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Calls_of_lambdas_async_methods_iterators_and_types_read_as_written()
    {
        await _session.RunAsync(
            """
            async Task<int> Later() { await Task.Yield(); return Numbers().Select(number => new Box<int>().Open(number)).Sum(); }
            IEnumerable<int> Numbers() { yield return 1; }
            class Box<T> { public int Open(int key) { throw new InvalidOperationException("shut"); } }
            """);
        var error = await _session.ErrorAsync("await Later();");

        Assert.Contains("   at Box<T>.Open(Int32 key) in Cell 1, line 3", error.Traceback);
        Assert.Contains("   at lambda in Later in Cell 1, line 1", error.Traceback);
        Assert.Contains("   at Later() in Cell 1, line 1", error.Traceback);
        Assert.Equal("   at Cell 2, line 1", error.Traceback[^1]);
    }

    [Fact]
    public async Task Causes_follow_with_their_own_calls()
    {
        var error = await _session.ErrorAsync("try { int.Parse(\"x\"); }\ncatch (Exception e) { throw new InvalidOperationException(\"outer\", e); }");

        Assert.Equal(("InvalidOperationException", "outer", 2), (error.Name, error.Message, error.Line));
        Assert.Contains(error.Traceback, line => line.StartsWith(" ---> FormatException:", StringComparison.Ordinal));
        Assert.Equal("   at Cell 1, line 1", error.Traceback[^1]);
    }

    [Fact]
    public async Task Endless_recursion_fails_the_cell_and_not_the_process()
    {
        foreach (var code in new[] { "int Down(int n) => Down(n + 1) + 1;\nDown(0)", "Func<int, int> down = null;\ndown = n => down(n + 1) + 1;\ndown(0)", "class C { public C Next => new C().Next; }\nnew C().Next" })
        {
            var error = await _session.ErrorAsync(code);

            Assert.Equal("InsufficientExecutionStackException", error.Name);
            Assert.InRange(error.Traceback.Count, 1, 200);
        }

        Assert.Equal(2, await _session.ValueAsync("1 + 1"));
    }

    [Fact]
    public async Task An_exception_of_an_awaited_task_points_at_the_await()
    {
        var error = await _session.ErrorAsync("var t = Task.Run(() => { throw new FormatException(\"in the pool\"); });\nawait Task.Yield();\nawait t;");

        Assert.Equal("FormatException", error.Name);
        Assert.Contains("   at Cell 1, line 3", error.Traceback);
    }
}
