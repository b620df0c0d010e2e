using Cde.Workbench.Search;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Workbench.Tests.Search;

public sealed class ExcerptTests
{
    [Fact]
    public void A_short_text_is_whole_and_on_one_line()
    {
        var excerpt = Excerpt.Of("  Opens\r\n the\tfile. ", new MatchedWords("file"), 40);

        Assert.Equal("Opens the file.", excerpt.Text);
        Assert.Equal(new TextSpan(10, 4), Assert.Single(excerpt.Matches));
    }

    [Fact]
    public void A_long_text_is_cut_to_where_most_words_of_the_query_stand()
    {
        var text = "file " + string.Concat(Enumerable.Repeat("nothing of note here ", 20)) + "reads a file line by line until the end " + string.Concat(Enumerable.Repeat("and more ", 20));

        var excerpt = Excerpt.Of(text, new MatchedWords("read file line"), 60);

        Assert.StartsWith("…", excerpt.Text, StringComparison.Ordinal);
        Assert.EndsWith("…", excerpt.Text, StringComparison.Ordinal);
        Assert.Contains("reads a file line by line", excerpt.Text, StringComparison.Ordinal);
        Assert.Equal(["file", "line", "line"], excerpt.Matches.Select(match => excerpt.Text.Substring(match.Start, match.Length)));
    }

    [Fact]
    public void Without_a_match_the_begin_stands()
    {
        var excerpt = Excerpt.Of(new string('x', 100), new MatchedWords("file"), 10);

        Assert.Equal("xxxxxxxx…", excerpt.Text);
        Assert.Empty(excerpt.Matches);
    }

    [Fact]
    public void Any_text_gives_an_excerpt_within_its_length_whose_marks_are_words_of_the_query() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(
            Gen.Elements("file ", "x", " ", "JsonReader ", "😀", "ab\n", "reader ").ListOf().Select(parts => string.Concat(parts)).ToArbitrary(),
            Gen.Choose(3, 60).ToArbitrary(),
            (text, length) =>
            {
                var words = new MatchedWords("file reader");
                var excerpt = Excerpt.Of(text, words, length);
                return excerpt.Text.Length <= length && !excerpt.Text.Contains('\n')
                    && excerpt.Text.EnumerateRunes().All(rune => rune != System.Text.Rune.ReplacementChar)
                    && excerpt.Matches.All(match => words.Find(excerpt.Text.Substring(match.Start, match.Length)).Count == 1);
            }));
}
