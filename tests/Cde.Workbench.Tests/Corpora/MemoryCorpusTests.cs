using Cde.Workbench.Corpora;

namespace Cde.Workbench.Tests.Corpora;

public class MemoryCorpusTests
{
    [Fact]
    public void Corpus_finds_documents_by_position_and_id()
    {
        using var corpus = new MemoryCorpus("tiny", [new("a", "first"), new("b", "second", "Title")]);
        Assert.Equal(2, corpus.Count);
        Assert.Equal("Title second", corpus[1].FullText);
        Assert.Equal("b", corpus.GetId(1));
        Assert.Equal(1, corpus.IndexOf("b"));
        Assert.Equal(-1, corpus.IndexOf("c"));
        Assert.Equal(["a", "b"], corpus.Select(document => document.Id));
        Assert.Throws<ArgumentOutOfRangeException>(() => corpus[2]);
    }

    [Fact]
    public void Hash_depends_on_order_ids_titles_and_texts_and_not_on_the_name()
    {
        Document a = new("a", "first"), b = new("b", "second");
        var hash = new MemoryCorpus("x", [a, b]).Hash;
        Assert.Equal(hash, new MemoryCorpus("y", [a with { Title = "" }, b]).Hash);
        Assert.NotEqual(hash, new MemoryCorpus("x", [b, a]).Hash);
        Assert.NotEqual(hash, new MemoryCorpus("x", [a with { Id = "c" }, b]).Hash);
        Assert.NotEqual(hash, new MemoryCorpus("x", [a with { Title = "t" }, b]).Hash);
        Assert.NotEqual(hash, new MemoryCorpus("x", [a with { Text = "other" }, b]).Hash);
    }

    [Fact]
    public void Duplicate_ids_are_refused_by_both_positions()
    {
        var failure = Assert.Throws<CdeException>(() => new MemoryCorpus("tiny", [new("a", "x"), new("b", "y"), new("a", "z")]));
        Assert.Equal("tiny: documents 0 and 2 have the same id \"a\"; ids must be unique", failure.Message);
    }

    [Fact]
    public void Empty_document_is_refused_by_position_and_a_title_alone_is_enough()
    {
        var failure = Assert.Throws<CdeException>(() => new MemoryCorpus("tiny", [new("a", "x"), new("b", " \t")]));
        Assert.Contains("document 1 (id \"b\") has an empty text", failure.Message);
        Assert.Single(new MemoryCorpus("tiny", [new("b", "", "Title")]));
    }
}
