using Cde.Workbench.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Text;

public sealed class IdentifierSplitterTests
{
    [Theory]
    [InlineData("XmlReaderSettings", "Xml Reader Settings")]
    [InlineData("IOStream", "IO Stream")]
    [InlineData("Int32", "Int32")]
    [InlineData("GetInt32Value", "Get Int32 Value")]
    [InlineData("UTF8Encoding", "UTF8 Encoding")]
    [InlineData("Vector2D", "Vector2D")]
    [InlineData("System.Text.Json.JsonSerializer", "System.Text.Json.Json Serializer")]
    [InlineData("the IDs and URLs", "the IDs and URLs")]
    [InlineData("ABsX", "A Bs X")]
    [InlineData("plain words stay", "plain words stay")]
    [InlineData("", "")]
    public void Identifier_is_split_at_its_words(string text, string expected) => Assert.Equal(expected, IdentifierSplitter.Split(text));

    [Fact]
    public void Splitting_twice_changes_nothing_and_only_blanks_are_added() => Prop.ForAll(
        Gen.Elements("ABCXabcs019 ._\u00C9\u00E9".ToCharArray()).ListOf().Select(characters => string.Concat(characters)).ToArbitrary(),
        text =>
        {
            var split = IdentifierSplitter.Split(text);
            var output = new char[2 * text.Length];
            return IdentifierSplitter.Split(split) == split
                && split.Replace(" ", "", StringComparison.Ordinal) == text.Replace(" ", "", StringComparison.Ordinal)
                && output.AsSpan(0, IdentifierSplitter.Split(text, output)).SequenceEqual(split);
        }).QuickCheckThrowOnFailure();
}
