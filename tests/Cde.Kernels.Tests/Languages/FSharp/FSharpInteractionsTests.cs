using Cde.Kernels.Languages;

namespace Cde.Kernels.Tests.Languages.FSharp;

public class FSharpInteractionsTests
{
    [Theory]
    [InlineData("let a = 1", "let a = 1")]
    [InlineData("let a = 1;;", "let a = 1")]
    [InlineData("let a = 1;;\nlet b = 2;;", "let a = 1|           \nlet b = 2")]
    [InlineData("a;; b", "a|    b")]
    [InlineData("\";;\";; // ;;\n(* ;; *) 'x'", "\";;\"|       // ;;\n(* ;; *) 'x'")]
    [InlineData("\"\"\"\n;;\n\"\"\";;\nb", "\"\"\"\n;;\n\"\"\"|\n\n     \nb")]
    [InlineData(";;;;", "")]
    [InlineData("  \n", "")]
    public void Parts_end_at_two_semicolons_and_keep_their_places(string code, string parts) =>
        Assert.Equal(parts, string.Join('|', FSharpInteractions.Split(code)));
}
