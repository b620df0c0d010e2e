using Cde.Workbench.Corpora;
using Cde.Workbench.Evaluation;
using Cde.Workbench.Search;

namespace Cde.Workbench.Tests.Evaluation;

public sealed class CompressionStudyTests
{
    [Fact]
    public async Task Forms_get_smaller_and_keep_an_easy_tasks_quality()
    {
        using var corpus = new MemoryCorpus("corpus", Enumerable.Range(0, 40).Select(i => new Document($"d{i}", $"word{i} and word{i + 1}")));
        Query[] queries = [.. Enumerable.Range(0, 20).Select(i => new Query($"q{i}", $"word{i} and word{i + 1} also"))];
        var qrels = queries.Aggregate(new Qrels(), (all, query) => all.Add(query.Id, "d" + query.Id[1..], 1));
        var embedder = new WordEmbedder();
        using var documents = await embedder.EmbedAsync(corpus);
        using var asked = await embedder.EmbedAsync(queries);

        var points = CompressionStudy.Run(new RetrievalTask("task", corpus, queries, qrels), documents, asked, Measure.Parse("nDCG@10"), new CompressionOptions { Dimensions = [32], Draws = 100 });

        Assert.Equal([256, 64, 64, 8, 8, 128, 32, 32, 4, 4], points.Select(point => point.BytesPerVector));
        Assert.Equal(1, points[0].Mean, 1e-9);
        Assert.Equal(0, points[0].AgainstFull.Difference);
        Assert.All(points.Where(point => point.Precision is VectorPrecision.Int8 or VectorPrecision.Uint8 && point.Dimension == 64), point => Assert.True(point.Mean > 0.99, $"{point}"));
        Assert.True(points.Single(point => point is { Dimension: 64, Precision: VectorPrecision.Binary, Rescoring: Rescoring.Values }).Mean > 0.8);
        Assert.Contains("65 dimensions", Assert.Throws<CdeException>(() => CompressionStudy.Run(new RetrievalTask("task", corpus, queries, qrels), documents, asked, Measure.Parse("MAP"), new CompressionOptions { Dimensions = [65] })).Message, StringComparison.Ordinal);
    }
}
