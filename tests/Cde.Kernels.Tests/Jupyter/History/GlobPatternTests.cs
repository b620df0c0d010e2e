using Cde.Kernels.Jupyter;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Kernels.Tests.Jupyter.History;

public sealed class GlobPatternTests
{
    [Theory]
    [InlineData("*", "anything\nat all", true)]
    [InlineData("*", "", true)]
    [InlineData("var*", "var x = 1;", true)]
    [InlineData("var*", "x var", false)]
    [InlineData("*=?", "x=1", true)]
    [InlineData("a.b", "axb", false)]
    [InlineData("[abc]1", "b1", true)]
    [InlineData("[a-c]1", "c1", true)]
    [InlineData("[^a-c]1", "c1", false)]
    [InlineData("[!a]", "b", true)]
    [InlineData("[]]", "]", true)]
    [InlineData("x[", "x[", true)]
    [InlineData("x\\d", "x\\d", true)]
    [InlineData("X", "x", false)]
    public void A_pattern_matches_whole_texts(string pattern, string text, bool expected) => Assert.Equal(expected, new GlobPattern(pattern).IsMatch(text));

    [Fact]
    public void Every_pattern_is_a_pattern()
    {
        var letters = Gen.Elements([.. "a[]^-!*?\\.(){}+|$\n\ud83d"]);
        Prop.ForAll(Gen.ListOf(letters).Select(list => string.Concat(list)).ToArbitrary(), pattern =>
        {
            new GlobPattern(pattern).IsMatch("a");
            return true;
        }).QuickCheckThrowOnFailure();
    }
}
