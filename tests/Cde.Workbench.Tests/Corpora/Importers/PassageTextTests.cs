using Cde.Workbench.Corpora;

namespace Cde.Workbench.Tests.Corpora.Importers;

public sealed class PassageTextTests
{
    private static string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(i => $"word{i % 10}"));

    [Fact]
    public void Passages_end_at_the_best_place_and_lose_nothing()
    {
        var text = $"{Words(120)}.\n\n{Words(100)}. Then {Words(200)}\nlast line";

        var passages = new PassageText(text).Passages.ToList();

        Assert.Equal(Words(120) + ".", passages[0]);
        Assert.EndsWith(".", passages[1], StringComparison.Ordinal);
        Assert.StartsWith("Then", passages[2], StringComparison.Ordinal);
        Assert.All(passages, passage => Assert.InRange(passage.Length, 1, PassageText.MostCharacters));
        Assert.Equal(text.Where(letter => !char.IsWhiteSpace(letter)), passages.SelectMany(passage => passage).Where(letter => !char.IsWhiteSpace(letter)));
    }

    [Fact]
    public void Ranges_are_counted_in_code_points()
    {
        var text = new PassageText("𝄞𝄞 music 什么 ends");

        Assert.Equal("music", text.Between(3, 8));
        Assert.Equal("什么", text.Between(9, 11));
        Assert.Null(text.Between(10, 99));
        Assert.Equal([0], text.Holding(3, 8));
    }

    [Fact]
    public void A_range_belongs_to_the_passages_with_half_of_it_or_half_inside_it()
    {
        var text = new PassageText(string.Concat(Enumerable.Repeat("a", PassageText.MostCharacters * 4)));

        Assert.Equal([1], text.Holding(1100, 1200));
        Assert.Equal([0], text.Holding(700, 1100)); // 300 of 400
        Assert.Equal([0, 1], text.Holding(900, 1100));
        Assert.Equal([1, 2], text.Holding(900, 3100)); // whole passages inside, the ends barely
    }

    [Fact]
    public void A_document_of_another_version_is_refused_by_line()
    {
        using var folder = new Cde.Testing.TemporaryFolder();
        Directory.CreateDirectory(folder["corpora"]);
        File.WriteAllText(Path.Combine(folder["corpora"], "one.md"), "the text is here");
        File.WriteAllText(folder["questions_df.csv"], "question,references,corpus_id\nwhat?,\"[{\"\"content\"\": \"\"text\"\", \"\"start_index\"\": 4, \"\"end_index\"\": 8}]\",one\nwhere?,\"[{\"\"content\"\": \"\"text\"\", \"\"start_index\"\": 5, \"\"end_index\"\": 9}]\",one\n");

        var importer = CollectionImporters.Of(folder.Path)!;

        Assert.Equal("chunking-evaluation", importer.Name);
        Assert.Contains("questions_df.csv line 3: characters 5 to 9 of one.md are not the reference's content", Assert.Throws<CdeException>(() => importer.Read(folder.Path)).Message, StringComparison.Ordinal);
        File.WriteAllText(folder["questions_df.csv"], "question,references,corpus_id\nwhat?,[],two\n");
        Assert.Contains("line 2: there is no document corpora/two.md", Assert.Throws<CdeException>(() => importer.Read(folder.Path)).Message, StringComparison.Ordinal);
    }
}
