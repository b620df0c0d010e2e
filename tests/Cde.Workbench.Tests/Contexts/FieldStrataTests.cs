using Cde.Testing;
using Cde.Workbench.Clustering;
using Cde.Workbench.Contexts;
using Cde.Workbench.Corpora;

namespace Cde.Workbench.Tests.Contexts;

public sealed class FieldStrataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Columns_without_a_role_are_fields()
    {
        var path = _folder.Write("birds.csv", "id,text,kind,place\n1,a robin,small,garden\n2,a heron,large,lake\n3,a wren,small,\n");

        using var corpus = DelimitedCorpus.Read(path);

        Assert.Equal(["kind", "place"], corpus.Fields);
        Assert.Equal("lake", corpus.GetField(1, "place"));
        Assert.Null(corpus.GetField(2, "place"));
        var (strata, values) = FieldStrata.Of(corpus, "kind");
        Assert.Equal(["large", "small"], values);
        Assert.Equal([1, 0, 1], strata.Labels);
        Assert.Equal(ClusterAssignment.Noise, FieldStrata.Of(corpus, "place").Strata.Labels[2]);
    }

    [Fact]
    public void Other_fields_of_a_line_and_of_its_metadata_are_fields()
    {
        var path = _folder.Write(
            "birds.jsonl",
            """
            {"_id":"1","text":"a robin","year":1999,"metadata":{"kind":"small","wild":true},"tags":["x"]}
            {"_id":"2","text":"a heron","metadata":{"kind":"large"}}

            """);

        using var corpus = JsonlCorpus.Open(path);

        Assert.Equal(["year", "kind", "wild"], corpus.Fields);
        Assert.Equal("1999", corpus.GetField(0, "year"));
        Assert.Null(corpus.GetField(1, "year"));
        Assert.Equal("large", corpus.GetField(1, "kind"));
        Assert.Null(corpus.GetField(0, "text"));
    }

    [Fact]
    public void A_sample_by_field_has_each_values_share()
    {
        Document[] documents = [.. Enumerable.Range(0, 20).Select(i => new Document($"{i}", $"text {i}"))];
        var corpus = new MemoryCorpus("texts", documents, new Dictionary<string, string[]> { ["half"] = [.. documents.Select((_, i) => i < 15 ? "first" : "last")] });

        var sample = Minicorpus.Sample(corpus, new StratifiedSampler(FieldStrata.Of(corpus, "half").Strata), 4, seed: 1);

        Assert.Equal(3, sample.Rows.Count(row => row < 15));
    }

    [Fact]
    public void A_field_that_no_document_has_is_refused_with_the_nearest()
    {
        var corpus = new MemoryCorpus("texts", [new("1", "one")], new Dictionary<string, string[]> { ["kind"] = ["a"] });

        var refused = Assert.Throws<CdeException>(() => FieldStrata.Of(corpus, "kinds"));

        Assert.Contains("did you mean kind?", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_needs_a_value_for_each_document()
    {
        var refused = Assert.Throws<CdeException>(() => new MemoryCorpus("texts", [new("1", "one")], new Dictionary<string, string[]> { ["kind"] = ["a", "b"] }));

        Assert.Contains("\"kind\" has 2 values, the corpus 1 documents", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
