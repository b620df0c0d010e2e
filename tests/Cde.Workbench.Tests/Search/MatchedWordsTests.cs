using Cde.Workbench.Search;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Search;

public sealed class MatchedWordsTests
{
    [Theory]
    [InlineData("json reader", "A Utf8JsonReader reads JSON.", "JsonReader|JSON")]
    [InlineData("JsonReader", "reader of json", "reader|json")]
    [InlineData("file", "FILE, file; profile Files", "FILE|file")]
    [InlineData("été 2", "L'ÉTÉ, 2 fois (22)", "ÉTÉ|2")]
    [InlineData("x", "😀x😀 x\u00a0y", "x|x")]
    [InlineData("ı", "I", "")]
    [InlineData("", "anything", "")]
    [InlineData("a", "", "")]
    public void Marked_are_the_words_that_bm25_counts(string query, string text, string expected) =>
        Assert.Equal(expected, string.Join('|', new MatchedWords(query).Find(text).Select(span => text.Substring(span.Start, span.Length))));

    [Fact]
    public void Without_splitting_an_identifier_is_one_word()
    {
        var words = new MatchedWords("reader", splitIdentifiers: false);

        Assert.Empty(words.Find("Utf8JsonReader"));
        Assert.Equal(new TextSpan(5, 6), Assert.Single(words.Find("Json-Reader")));
    }

    [Fact]
    public void Spans_of_any_text_rise_and_hold_a_word_of_the_query() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(Gen.Elements("a", "B", "Ab", "aB", " ", "-", "😀", "İ", "ß", "\ud83d", "XMLb", "9").ListOf().Select(parts => string.Concat(parts)).ToArbitrary(), text =>
        {
            var words = new MatchedWords("a b ab ß xm");
            var spans = words.Find(text);
            return spans.Zip(spans.Skip(1)).All(pair => pair.First.End < pair.Second.Start)
                && spans.All(span => span.Length > 0 && span.End <= text.Length && new MatchedWords(text.Substring(span.Start, span.Length)).Words.All(words.Words.Contains));
        }));
}
