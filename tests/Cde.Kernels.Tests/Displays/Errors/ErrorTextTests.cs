using Cde.Kernels.Cells;
using Cde.Kernels.Displays;

namespace Cde.Kernels.Tests.Displays.Errors;

public class ErrorTextTests
{
    private const string Code = "var x = 1;\nvar y = 0;\n\tvar z = x / y;\nz";

    [Fact]
    public void An_excerpt_marks_the_line_and_the_column() => Assert.Equal(
        """
          1 | var x = 1;
          2 | var y = 0;
        → 3 | 	var z = x / y;
            | 	        ^
          4 | z
        """.ReplaceLineEndings("\n"),
        string.Join('\n', CodeExcerpt.Lines(Code, 3, 10)));

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(-1)]
    public void A_line_that_the_cell_does_not_have_is_no_excerpt(int line) => Assert.Empty(CodeExcerpt.Lines(Code, line));

    [Fact]
    public void Lines_colour_the_kind_and_the_marked_line()
    {
        var error = new CellError("DivideByZeroException", "by zero", [.. CodeExcerpt.Lines(Code, 3, around: 0), "   at Cell 3"], 3);

        Assert.Equal(["\e[31mDivideByZeroException\e[0m: by zero", "\e[1m→ 3 | \tvar z = x / y;\e[0m", "   at Cell 3"], ErrorText.Lines(error));
        Assert.Equal("DivideByZeroException: by zero\n→ 3 | \tvar z = x / y;\n   at Cell 3", ErrorText.Plain(error));
    }

    [Fact]
    public void An_error_without_a_traceback_names_the_line() =>
        Assert.Equal("UsageError: no such option (line 2)", ErrorText.Plain(new CellError("UsageError", "no such option", [], 2)));

    [Fact]
    public void Colours_of_the_traceback_do_not_reach_plain_text_and_html()
    {
        var error = new CellError("E", "\e[31mred\e[0m <b>", ["\e[1;32mgreen\e[0m \e]0;title\aand <i>"]);

        Assert.Equal("E: red <b>\ngreen and <i>", ErrorText.Plain(error));
        Assert.EndsWith("<strong>E: red &lt;b&gt;</strong>\ngreen and &lt;i&gt;</pre>", ErrorText.ToHtml(error), StringComparison.Ordinal);
    }

    [Fact]
    public void A_traceback_of_a_million_lines_is_cut_in_the_middle()
    {
        var error = new CellError("E", "deep", [.. Enumerable.Range(0, 1_000_000).Select(i => $"call {i}")]);

        var lines = ErrorText.Lines(error);

        Assert.Equal(1 + ErrorText.MaxLines + 1, lines.Count);
        Assert.Equal("call 999999", lines[^1]);
        Assert.Contains(lines, line => line == $"… {1_000_000 - ErrorText.MaxLines} lines left out …");
    }
}
