using Cde.Kernels.Cells;

namespace Cde.Kernels.Tests.Directives;

public sealed class ReferenceValueTests : IDisposable
{
    private readonly FakeNotebook _notebook = new();
    private object? _value;

    public ReferenceValueTests() => _notebook.Directives.Add(new FakeDirective("x", context => _value = context.Value("seed")))
        .Add(new FakeDirective("text", context => _value = context.Text("seed")));

    public void Dispose() => _notebook.Dispose();

    [Theory]
    [InlineData("#!x --seed @a", "one")]
    [InlineData("#!x --seed @fsharp:a", "two")]
    [InlineData("#!fsharp\n#!x --seed @a", "two")]
    [InlineData("#!x --seed=@F#:a", "two")]
    [InlineData("#!x --seed @kept", 7)]
    [InlineData("#!x --seed \"@a\"", "@a")]
    [InlineData("#!text --seed @kept", "7")]
    public async Task A_reference_gives_the_variable_of_its_language(string cell, object expected)
    {
        await _notebook.CSharp.SetAsync("a", "one");
        await _notebook.FSharp.SetAsync("a", "two");
        _notebook.Session.Keep("kept", 7);

        await _notebook.RunAsync(cell);

        Assert.Equal(expected, _value);
    }

    [Theory]
    [InlineData("#!x --seed @totl", "csharp has no variable \"totl\"; did you mean total?", "@totl")]
    [InlineData("#!x --seed @fshrap:total", "there is no language \"fshrap\"; did you mean fsharp", "@fshrap:total")]
    [InlineData("#!x --seed @fs", "fsharp has: write @fsharp:fs", "@fs")]
    [InlineData("#!x --seed @markdown:a", "markdown keeps no variables", "@markdown:a")]
    [InlineData("#!text --seed @total", "--seed takes a text or a number, not a value of type object", "@total")]
    public async Task A_reference_to_nothing_is_pointed_at(string cell, string rule, string word)
    {
        await _notebook.CSharp.SetAsync("total", new object());
        await _notebook.FSharp.SetAsync("fs", 1);
        _notebook.Add(new SilentLanguage());

        var error = (await Assert.ThrowsAsync<CellFailedException>(() => _notebook.RunAsync(cell))).Error;

        Assert.Contains(rule, error.Message, StringComparison.Ordinal);
        Assert.Equal(cell.IndexOf(word, StringComparison.Ordinal) + 1, error.Column);
    }

    [Fact]
    public async Task A_question_asks_the_person()
    {
        _notebook.Output.Typed.Enqueue("secret");
        _notebook.Output.Typed.Enqueue("open");

        await _notebook.RunAsync("#!x --seed @password:\"The key\"");
        await _notebook.RunAsync("#!x --seed @input");

        Assert.Equal([("The key", true), ("seed", false)], _notebook.Output.Asked);
        Assert.Equal("open", _value);
    }

    /// <summary>Markdown without variables.</summary>
    private sealed class SilentLanguage : Cde.Kernels.Languages.ILanguage
    {
        public string Name => "markdown";

        public IReadOnlyList<string> Aliases => [];

        public string DisplayName => "Markdown";

        public Task<Cde.Kernels.Languages.CellValue?> RunAsync(string code, CellContext cell) => Task.FromResult<Cde.Kernels.Languages.CellValue?>(null);
    }
}
