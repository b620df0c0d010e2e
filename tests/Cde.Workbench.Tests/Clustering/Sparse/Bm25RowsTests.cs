using Cde.Workbench.Clustering;
using Cde.Workbench.Corpora;
using Cde.Workbench.Search;

namespace Cde.Workbench.Tests.Clustering;

public sealed class Bm25RowsTests
{
    [Theory]
    [InlineData(0.9, 0.4)]
    [InlineData(1.5, 0.75)]
    [InlineData(0, 0)]
    public void Product_of_a_query_with_a_document_is_its_score_in_search(double k1, double b)
    {
        var options = new Bm25Options { K1 = k1, B = b };
        var (queries, documents) = WordPairs.Random(40, 30, 3);
        documents = [.. documents.Select(text => text.Length == 0 ? "-" : text)]; // a corpus has no empty text
        using var corpus = new MemoryCorpus("rows", [.. documents.Select((text, row) => new Document($"{row}", text))]);

        var (asked, answers) = Bm25Rows.Of(queries, documents, options, null, TestContext.Current.CancellationToken);
        var run = new Bm25(corpus, options).Search([.. queries.Select((text, row) => new Query($"{row}", text))], documents.Length);

        Assert.Equal((40, 40, asked.Width), (asked.Count, answers.Count, answers.Width));
        for (var query = 0; query < 40; query++)
        {
            var scores = run[$"{query}"].ToDictionary(found => found.DocumentId, found => found.Score);
            for (var document = 0; document < 40; document++)
                Assert.Equal(scores.GetValueOrDefault($"{document}"), Product(asked, query, answers, document), 4);
        }
    }

    [Fact]
    public void Words_are_those_of_search()
    {
        var (asked, answers) = Bm25Rows.Of(["the xml READER, xml", "unknown"], ["XmlReader", ""], new Bm25Options(), null, TestContext.Current.CancellationToken);

        Assert.Equal([2f, 1f], asked.Values(0).ToArray()); // xml twice, reader
        Assert.Equal([0, 1], asked.Columns(0).ToArray());
        Assert.Equal(0, asked.Columns(1).Length);
        Assert.Equal((2, 0), (answers.Columns(0).Length, answers.Columns(1).Length));
    }

    [Fact]
    public void Transposed_twice_is_the_same_matrix_and_normalized_rows_have_length_one()
    {
        var (_, documents) = WordPairs.Random(30, 20, 5);
        var rows = Bm25Rows.OfDocuments(documents, new Bm25Options(), null, TestContext.Current.CancellationToken);

        var back = rows.Transposed().Transposed();

        Assert.Contains("", documents);
        Assert.All(Enumerable.Range(0, rows.Count), row =>
        {
            Assert.Equal(rows.Columns(row).ToArray(), back.Columns(row).ToArray());
            Assert.Equal(rows.Values(row).ToArray(), back.Values(row).ToArray());
            Assert.Equal(documents[row].Length == 0 ? 0 : 1, rows.Normalized().SquaredNorm(row), 6);
        });
    }

    private static double Product(SparseRows left, int row, SparseRows right, int other)
    {
        var values = right.Columns(other).ToArray().Zip(right.Values(other).ToArray()).ToDictionary(pair => pair.First, pair => pair.Second);
        return left.Columns(row).ToArray().Zip(left.Values(row).ToArray()).Sum(pair => (double)pair.Second * values.GetValueOrDefault(pair.First));
    }
}
