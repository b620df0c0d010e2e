using Cde.Testing;
using Cde.Workbench.Embedding;
using Cde.Workbench.Mining.FalseNegatives;
using Cde.Workbench.Tests.Embedding;

namespace Cde.Workbench.Tests.Mining.FalseNegatives;

[Collection(LiveTensors.Name)]
public sealed class GuideStoreTests
{
    private static readonly string[] Queries = ["one", "two"], Documents = ["a text", "another", "a third"];

    [Fact]
    public async Task BuildAsync_gives_the_guide_raw_texts_with_its_own_prompts()
    {
        var encoder = new StandInEncoder { Prompts = new Dictionary<string, string> { ["query"] = "guide asks: " } };
        using var guide = new TextEmbedder(encoder);
        using var bare = new TextEmbedder(new StandInEncoder { Prompts = new Dictionary<string, string>() });

        using var store = await GuideStore.BuildAsync(guide, Queries, Documents, cache: null);

        using var expectedQueries = await bare.EmbedAsync(Queries.Select(text => "guide asks: " + text).ToList());
        using var expectedDocuments = await bare.EmbedAsync(Documents);
        Assert.Equal(expectedQueries.Rows(0, 2).ToArray(), store.Queries.Rows(0, 2).ToArray());
        Assert.Equal(expectedDocuments.Rows(0, 3).ToArray(), store.Documents.Rows(0, 3).ToArray());
    }

    [Fact]
    public async Task BuildAsync_again_reads_the_vectors_from_disk()
    {
        using var folder = new TemporaryFolder();
        var encoder = new StandInEncoder();
        using var guide = new TextEmbedder(encoder);
        float[] made;
        using (var store = await GuideStore.BuildAsync(guide, Queries, Documents, new EmbeddingCache(folder.Path)))
            made = store.Documents.Rows(0, 3).ToArray();
        var batches = encoder.Batches;

        using var again = await GuideStore.BuildAsync(guide, Queries, Documents, new EmbeddingCache(folder.Path));

        Assert.Equal(batches, encoder.Batches);
        Assert.Equal(made, again.Documents.Rows(0, 3).ToArray());
    }

    [Fact]
    public void Vectors_of_two_models_are_refused()
    {
        using var queries = TestMatrices.Random(2, 4, 1);
        using var documents = EmbeddingMatrix.FromRows(["d"], [1, 0, 0, 0], 4, TestMatrices.Provenance with { ModelHash = "other", ModelName = "another" });

        var error = Assert.Throws<CdeException>(() => new GuideStore(queries, documents));

        Assert.Equal("guide: queries are embedded by made-up, documents by another; embed both by one model", error.Message);
    }
}
