using Cde.Kernels.Directives;

namespace Cde.Kernels.Tests.Directives.Cells;

public sealed class LanguageCodeTests : IDisposable
{
    private const string Cell = "var a = 1;\r\n#!x\na\n#!fsharp\nlet b\n#!csharp\na.";
    private readonly FakeNotebook _notebook = new();

    public LanguageCodeTests() => _notebook.Directives.Add(new FakeDirective("x"));

    public void Dispose() => _notebook.Dispose();

    [Theory]
    [InlineData("var a", "csharp", "var a = 1;\r\n   \na\n        \n     \n        \na.")]
    [InlineData("a.", "csharp", "var a = 1;\r\n   \na\n        \n     \n        \na.")]
    [InlineData("let b", "fsharp", "          \r\n   \n \n        \nlet b\n        \n  ")]
    public void A_position_in_code_gives_all_code_of_its_language_at_its_own_positions(string at, string language, string code) =>
        Assert.Equal(new LanguageCode(language, code), LanguageCode.At(_notebook, Cell, Cell.IndexOf(at, StringComparison.Ordinal)));

    [Theory]
    [InlineData("#!x", 0)]
    [InlineData("#!x", 3)]
    [InlineData("#!fsharp", 8)]
    public void A_position_on_a_directive_gives_none(string line, int column) =>
        Assert.Null(LanguageCode.At(_notebook, Cell, Cell.IndexOf(line, StringComparison.Ordinal) + column));

    [Theory]
    [InlineData("", "csharp")]
    [InlineData("#!fsharp\n", "fsharp")]
    [InlineData("#!x\n", "csharp")]
    public void The_end_of_a_cell_has_the_language_selected_there(string cell, string language) =>
        Assert.Equal(language, LanguageCode.AtEnd(_notebook, cell)!.Language);

    [Fact]
    public void Text_below_a_magic_that_takes_it_is_no_code()
    {
        using var notebook = FakeNotebook.Standard();
        const string cell = "#!value --name v\ntext\n#!csharp\na";

        Assert.Equal(new LanguageCode("value", "                \ntext\n        \n "), LanguageCode.At(notebook, cell, 18));
        Assert.Equal("csharp", LanguageCode.AtEnd(notebook, cell)!.Language);
    }
}
