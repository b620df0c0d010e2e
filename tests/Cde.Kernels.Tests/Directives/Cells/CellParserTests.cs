using Cde.Kernels.Cells;
using Cde.Kernels.Directives;

namespace Cde.Kernels.Tests.Directives.Cells;

public sealed class CellParserTests : IDisposable
{
    private readonly FakeNotebook _notebook = new();

    public CellParserTests() => _notebook.Directives.Add(new FakeDirective("x")).Add(new FakeDirective("time"));

    public void Dispose() => _notebook.Dispose();

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Parts_come_in_order_with_their_language_and_first_line(string lineBreak)
    {
        var cell = string.Join(lineBreak, "var a = 1;", "#!x --seed 1", "var b = 2;", "", "#!f# --some words ", "let c = 3", "#!x", "#!CSHARP", "#r \"a.dll\"", "c");

        var parts = _notebook.Parse(cell);

        Assert.Equal(
            ["csharp@1:var a = 1;", "x@2", "csharp@3:var b = 2;", "fsharp@6:let c = 3", "x@7", "csharp@9:#r \"a.dll\" c"],
            parts.Select(part => part switch
            {
                CodePart code => $"{code.Language}@{code.Line}:{code.Code.Replace(lineBreak, " ", StringComparison.Ordinal).Trim()}",
                DirectivePart magic => $"{magic.Directive.Name}@{magic.Line}",
                _ => "",
            }));
        Assert.All(parts.OfType<CodePart>(), code => Assert.Equal(code.Code, cell[code.Start..code.End]));
        Assert.Equal("--some words", parts.OfType<CodePart>().Single(code => code.Language == "fsharp").SelectorArguments);
        Assert.Equal(["csharp", "fsharp"], parts.OfType<DirectivePart>().Select(magic => magic.Language));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\n")]
    [InlineData("// nothing\n")]
    [InlineData("#!fsharp\n// nothing")]
    public void Nothing_to_run_is_no_part(string cell) => Assert.Empty(_notebook.Parse(cell));

    [Fact]
    public void Comments_before_a_directive_are_no_code_and_comments_in_other_languages_are() =>
        Assert.Equal([typeof(DirectivePart), typeof(CodePart)], _notebook.Parse("// about x\n#!x\n#!markdown\n// text").Select(part => part.GetType()));

    [Fact]
    public void A_shebang_belongs_to_the_code()
    {
        var code = Assert.IsType<CodePart>(Assert.Single(_notebook.Parse("#!/bin/sh\n#! odd\necho hi", "sh")));

        Assert.Equal(("shell", "#!/bin/sh\n#! odd\necho hi", 1), (code.Language, code.Code, code.Line));
    }

    [Theory]
    [InlineData("1;\n#!tmie", 2, "did you mean time?")]
    [InlineData("#!fshrap\n1", 1, "did you mean fsharp")]
    [InlineData("#!x\n#!x --sed 1\n#!x", 2, "did you mean --seed?")]
    public void The_first_wrong_line_fails_the_cell_before_anything_runs(string cell, int line, string rule)
    {
        var error = Assert.Throws<CellFailedException>(() => _notebook.Parse(cell)).Error;

        Assert.Equal(line, error.Line);
        Assert.Contains(rule, error.Message, StringComparison.Ordinal);
        Assert.Equal($"Cell, line {line}:", error.Traceback[0]);
    }

    [Fact]
    public void A_cell_of_an_unknown_language_names_the_known_ones()
    {
        var error = Assert.Throws<CellFailedException>(() => _notebook.Parse("1", "fshrap")).Error;

        Assert.Contains("there is no language fshrap (did you mean fsharp", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_selector_tells_what_it_is_when_asked()
    {
        await _notebook.RunAsync("#!f# --help");

        Assert.Contains("usage: #!fsharp", _notebook.Output.Text, StringComparison.Ordinal);
    }
}
