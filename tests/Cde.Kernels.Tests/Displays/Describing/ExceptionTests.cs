using Cde.Kernels.Cells;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Kernels.Tests.Cells;
using Cde.Workbench;

namespace Cde.Kernels.Tests.Displays.Describing;

public class ExceptionTests
{
    [Fact]
    public void Message_and_causes_are_shown_and_the_calls_folded()
    {
        var bundle = Formatter.Format(Thrown(new InvalidOperationException("outer <b>", new ArgumentException("inner"))));

        Assert.StartsWith("InvalidOperationException: outer <b>\ncaused by ArgumentException: inner\ncalls:\n  at Cde.Kernels", bundle[MimeBundle.PlainText], StringComparison.Ordinal);
        Assert.Contains("<pre class=\"e\">InvalidOperationException: outer &lt;b&gt;</pre>", bundle[MimeBundle.Html], StringComparison.Ordinal);
        Assert.Contains("<details><summary>calls</summary><pre>at Cde.Kernels", bundle[MimeBundle.Html], StringComparison.Ordinal);
    }

    [Fact]
    public void The_workbench_s_own_errors_are_their_message() =>
        Assert.Equal("corpus.jsonl line 17: field \"text\" is missing", new CdeException("corpus.jsonl line 17: field \"text\" is missing").ToDisplayString());

    [Fact]
    public void A_described_failure_is_shown_as_it_is_described() => Assert.Equal(
        "CompilationError: ; expected\n→ 1 | x",
        new CellFailedException(new CellError("CompilationError", "; expected", ["→ 1 | x"], 1)).ToDisplayString());

    [Fact]
    public void Several_causes_are_listed() => Assert.Equal(
        "AggregateException: two (first) (second)\ncaused by FormatException: first\ncaused by IOException: second",
        new AggregateException("two", new FormatException("first"), new IOException("second")).ToDisplayString());

    [Fact]
    public void A_message_that_fails_is_survived() =>
        Assert.Equal("ExceptionTests.Mute: its message failed with NotSupportedException", new Mute().ToDisplayString());

    [Fact]
    public void The_line_of_the_running_cell_is_marked()
    {
        string text = "";
        new CellRecord().Run(
            () =>
            {
                try
                {
#line 2 "Cell 3"
                    throw new FormatException("here");
#line default
                }
                catch (FormatException caught)
                {
                    text = caught.ToDisplayString();
                }
            },
            cell: "var x = 1;\nthrow new FormatException();\nx");

        Assert.StartsWith("FormatException: here\n  1 | var x = 1;\n→ 2 | throw new FormatException();\n  3 | x\ncalls:", text, StringComparison.Ordinal);
    }

    private static Exception Thrown(Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (InvalidOperationException caught)
        {
            return caught;
        }
    }

    private sealed class Mute : Exception
    {
        public override string Message => throw new NotSupportedException();
    }
}
