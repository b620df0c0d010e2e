using Cde.Workbench.Text;

namespace Cde.Workbench.Tests.Text;

public sealed class WordShinglesTests
{
    [Theory]
    [InlineData("a b c d", "a b c d", 1.0)]
    [InlineData("A  b C\td", "a b c d", 1.0)]
    [InlineData("a b c d", "a b c e", 1.0 / 3)] // abc of abc, bcd, bce
    [InlineData("a b c", "d e f", 0.0)]
    [InlineData("a b", "a b", 1.0)]
    [InlineData("a b", "a c", 0.0)]
    public void Texts_share_runs_of_three_words(string one, string other, double expected)
    {
        var (a, b) = (WordShingles.Of(one), WordShingles.Of(other));

        Assert.Equal(expected, a.Jaccard(b), 12);
        Assert.Equal(expected, b.Jaccard(a), 12);
    }
}
