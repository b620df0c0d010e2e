using Cde.Workbench.Corpora;

namespace Cde.Workbench.Tests.Corpora;

public class SummarySentenceTests
{
    [Theory]
    [InlineData("Reads the next byte. Blocks until it comes.", "Reads the next byte.")]
    [InlineData("Reads the next byte", "Reads the next byte")]
    [InlineData("Obsolete. Reads the next byte.", "Obsolete. Reads the next byte.")]
    [InlineData("Takes a separator, e.g. Comma or dot. Then more.", "Takes a separator, e.g. Comma or dot.")]
    [InlineData("Runs on .NET Framework and others. More.", "Runs on .NET Framework and others.")]
    [InlineData("Gets version 1.2 of it all", "Gets version 1.2 of it all")]
    [InlineData("Gets the name.", null)]
    [InlineData("", null)]
    public void Of_takes_the_first_sentence_of_a_summary_of_four_words(string summary, string? expected) =>
        Assert.Equal(expected, SummarySentence.Of(summary));
}
