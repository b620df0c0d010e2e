using System.Text.Json;
using Cde.Testing;
using Cde.Workbench.Embedding;
using Cde.Workbench.Models;

namespace Cde.Workbench.Tests.Models.Static;

/// <summary>The published static models of <c>../shared/data</c>, with the vectors that their makers' libraries give.</summary>
[Trait("Category", "Golden")]
public sealed class StaticModelTests
{
    private const string Folder = "model2vec_fixtures";

    [Theory]
    [InlineData("test-model-float32", 1e-5)]
    [InlineData("test-model-float16", 1e-3)]
    [InlineData("test-model-int8", 1e-2)]
    [InlineData("test-model-sentence-transformers", 1e-5)]
    public async Task Vectors_equal_the_published_ones(string model, double tolerance)
    {
        using var encoder = EmbeddingModel.Load(TestFolders.Data(Folder, model));
        AssertVector(Published("embeddings_short.json"), await Embed(encoder, "hello world"), tolerance);
        AssertVector(Published("embeddings_long.json"), await Embed(encoder, string.Join(' ', Enumerable.Repeat("hello", 1_000))), tolerance);
        Assert.Equal((2, 512, "model2vec"), (encoder.Dimension, encoder.MaxTokens, encoder.Architecture));
    }

    [Fact]
    public async Task Quantised_vocabulary_gives_the_published_vector()
    {
        using var encoder = EmbeddingModel.Load(TestFolders.Data(Folder, "test-model-vocab-quantized"));
        AssertVector(Published("embeddings_vocab_quantized.json"), await Embed(encoder, string.Join(' ', Enumerable.Repeat("hello", 1_000))), 1e-6);
        Assert.Equal(64, encoder.Dimension);
    }

    [Fact]
    public async Task Text_of_unknown_words_has_the_zero_vector_and_leaves_the_others_alone()
    {
        using var encoder = EmbeddingModel.Load(TestFolders.Data(Folder, "test-model-float32"));
        using var embedder = new TextEmbedder(encoder);
        using var alone = await embedder.EmbedAsync(["hello world"], cancellationToken: TestContext.Current.CancellationToken);
        using var together = await embedder.EmbedAsync(["hello world", "\u16A0\u16A1", "hello \u16A0 world"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([0f, 0f], together[1].ToArray());
        Assert.Equal(alone[0].ToArray(), together[0].ToArray());
        Assert.Equal(alone[0].ToArray(), together[2].ToArray());
    }

    [Fact]
    public void Known_models_take_the_folders_of_static_models()
    {
        Assert.True(KnownModels.IsFolder(TestFolders.Data(Folder, "test-model-sentence-transformers")));
        Assert.True(KnownModels.IsFolder(TestFolders.Data("glove50-20k")));
        Assert.False(KnownModels.IsFolder(TestFolders.Data("xquad")));
    }

    [Fact]
    public void Word_vectors_have_a_vector_a_word()
    {
        using var encoder = EmbeddingModel.Load(TestFolders.Data("glove50-20k"));
        Assert.Equal((50, 20_002), (encoder.Dimension, encoder.Tokenizer.VocabularySize));
        Assert.Equal(["the", "u", "s", "army"], Words(encoder, "The U.S. army, Xyzzyx!"));
        Assert.Equal([""], Words(encoder, "Xyzzyx!"));
    }

    private static string[] Words(EmbeddingModel model, string text) => [.. model.Tokenizer.Encode([text])[0].ToArray().Select(model.Tokenizer.TokenText)];

    private static double[] Published(string file) =>
        [.. JsonDocument.Parse(File.ReadAllBytes(TestFolders.Data(Folder, file))).RootElement[0].EnumerateArray().Select(value => value.GetDouble())];

    private static async Task<float[]> Embed(EmbeddingModel encoder, string text)
    {
        using var embedder = new TextEmbedder(encoder);
        using var matrix = await embedder.EmbedAsync([text], cancellationToken: TestContext.Current.CancellationToken);
        return matrix[0].ToArray();
    }

    private static void AssertVector(double[] wanted, float[] found, double tolerance)
    {
        Assert.Equal(wanted.Length, found.Length);
        for (var d = 0; d < wanted.Length; d++)
            Assert.Equal(wanted[d], found[d], tolerance);
    }
}
