using Cde.Testing;
using Cde.Workbench.Corpora;

namespace Cde.Workbench.Tests.Corpora.Importers;

/// <summary>Real collections; skipped where <c>../shared/data</c> is absent. The counts are those of its index, judgements with a grade of 0 included.</summary>
public sealed class RealCollectionTests
{
    [Theory]
    [InlineData("scifact", "scifact", 5183, 300, 339)]
    [InlineData("cranfield", "cranfield", 1398, 225, 1837)] // 1,400 less two that are empty
    [InlineData("vaswani", "vaswani", 11_429, 93, 2083)]
    [InlineData("cacm", "cacm", 3204, 52, 796)]
    [InlineData("cosqa", "cosqa", 6267, 500, 500)]
    [InlineData("pubmedqa", "pubmedqa", 1000, 1000, 1000)]
    [InlineData("xquad/xquad.en.json", "squad", 240, 1190, 1190)]
    [InlineData("xquad/xquad.zh.json", "squad", 240, 1190, 1190)]
    [InlineData("cmrc2018/cmrc2018_dev.json", "squad", 848, 3219, 3219)]
    [InlineData("anthropic_contextual", "contextual-chunks", 737, 248, 306)]
    [InlineData("limit/limit-small", "beir", 46, 1000, 2000)]
    public void A_collection_has_the_documents_queries_and_judgements_of_the_index(string path, string importer, int documents, int queries, int judgements)
    {
        var folder = TestFolders.Data(path.Split('/'));

        Assert.Equal(importer, CollectionImporters.Of(folder)?.Name);
        var collection = Assert.Single(CollectionImporters.Of(folder)!.Read(folder));

        Assert.Equal((documents, queries, judgements), (collection.Documents.Count, collection.Splits["test"].QueryIds.Count, collection.Splits["test"].Count));
        AssertWhole(collection);
    }

    [Fact]
    public void Scifact_has_the_training_claims_and_whole_abstracts()
    {
        var folder = TestFolders.Data("scifact");
        var scifact = CollectionImporters.Of(folder)!.Read(folder)[0];

        Assert.Equal((809, 919), (scifact.Splits["train"].QueryIds.Count, scifact.Splits["train"].Count));
        var first = scifact.Documents[0];
        Assert.Equal("4983", first.Id);
        Assert.StartsWith("Alterations of the architecture of cerebral white matter in the developing human brain can affect cortical development and result in functional disabilities. A line scan", first.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(scifact.Documents, document => document.Text.StartsWith("['", StringComparison.Ordinal));
        Assert.Equal(809, scifact.Examples(withTitles: false).Count());
        Assert.Equal(809 + 5183, scifact.Examples(withTitles: true).Count());
    }

    [Fact]
    public void A_question_without_text_is_left_out_and_named()
    {
        var file = TestFolders.Data("cmrc2018", "cmrc2018_trial.json");

        var collection = Assert.Single(CollectionImporters.Of(file)!.Read(file));

        Assert.Equal(["TRIAL_776_QUERY_4", "TRIAL_20_QUERY_0"], collection.QueriesWithoutText);
        Assert.DoesNotContain(collection.Queries, query => query.Text.Length == 0);
        AssertWhole(collection);
    }

    [Fact]
    public void Medquad_has_a_domain_for_each_site_with_answers()
    {
        var folder = TestFolders.Data("medquad");

        var domains = CollectionImporters.Of(folder)!.Read(folder);

        Assert.Equal(9, domains.Count);
        Assert.Equal(16_407, domains.Sum(domain => domain.Documents.Count));
        Assert.Equal([729, 5389, 5430], domains.Where(domain => domain.Name is "medquad-CancerGov" or "medquad-GARD" or "medquad-GHR").Select(domain => domain.Documents.Count));
        Assert.All(domains, AssertWhole);
    }

    [Fact]
    public void Chunking_has_a_domain_for_each_document_and_each_question_has_its_passage()
    {
        var folder = TestFolders.Data("chunking_eval");

        var domains = CollectionImporters.Of(folder)!.Read(folder);

        Assert.Equal(
            [("chunking-chatlogs", 56), ("chunking-finance", 97), ("chunking-pubmed", 99), ("chunking-state_of_the_union", 76), ("chunking-wikitexts", 144)],
            domains.Select(domain => (domain.Name, domain.Queries.Count)));
        Assert.All(domains, AssertWhole);
        Assert.All(domains, domain => Assert.All(domain.Queries, query => Assert.NotEmpty(domain.Splits["test"][query.Id])));
        Assert.All(domains.SelectMany(domain => domain.Documents), document => Assert.InRange(document.Text.Length, 1, PassageText.MostCharacters));
    }

    [Fact]
    public void A_collection_written_as_a_folder_is_the_same_when_read()
    {
        using var folder = new TemporaryFolder();
        var source = TestFolders.Data("cacm");
        var cacm = CollectionImporters.Of(source)!.Read(source)[0];

        CollectionFolder.Write(folder["cacm"], cacm);
        var read = BeirFolder.Open(folder["cacm"]);
        using var corpus = read.Corpus;

        Assert.Equal(cacm.Documents.Select(document => document.FullText), corpus.Select(document => document.FullText));
        Assert.Equal(cacm.Splits["test"].QueryIds, read.Qrels.QueryIds);
        Assert.Equal(cacm.Splits["test"].Count, read.Qrels.Count);
    }

    private static void AssertWhole(ImportedCollection collection)
    {
        var ids = collection.Documents.Select(document => document.Id).ToHashSet();
        Assert.Equal(collection.Documents.Count, ids.Count);
        Assert.All(collection.Documents, document => Assert.NotEqual("", document.FullText));
        var queries = collection.Queries.ToDictionary(query => query.Id);
        Assert.All(collection.Queries, query => Assert.False(string.IsNullOrWhiteSpace(query.Text)));
        Assert.All(collection.Splits.Values, qrels => Assert.All(qrels.QueryIds, query => Assert.True(queries.ContainsKey(query))));
        var judged = collection.Splits.Values.SelectMany(qrels => qrels.QueryIds.SelectMany(query => qrels[query].Keys)).ToList();
        Assert.InRange(judged.Count(id => !ids.Contains(id)), 0, 2);
    }
}
