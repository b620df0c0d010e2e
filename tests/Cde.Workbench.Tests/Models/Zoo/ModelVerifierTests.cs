using System.Text;
using Cde.Testing;
using Cde.Workbench.Embedding;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Zoo;

namespace Cde.Workbench.Tests.Models.Zoo;

/// <summary>A download agrees with what was published, or one sees by how much it does not.</summary>
public sealed class ModelVerifierTests : IDisposable
{
    private readonly TinyModelFolder folder = new("case01_bert_tiny", 600);

    [Fact]
    public async Task Verify_ownVectors_agree()
    {
        var own = await VectorAsync("music : ", "river tower");
        var published = new PublishedVector("tiny", "river tower", own[..5], 1e-5, "the tests") { Prompt = "music : ", Last = own[^3..], IsNormalized = true };

        var verified = Assert.Single(ModelVerifier.Verify(folder.Path, [published]));

        Assert.Equal((8, true), (verified.Compared, verified.Agrees));
        Assert.Equal(1, verified.Cosine, 1e-6);
        Assert.InRange(verified.GreatestDifference, 0, 1e-6);
    }

    [Theory]
    [InlineData(0, 0.002, true)]
    [InlineData(0, 0.02, false)]
    [InlineData(2, 0.02, false)] // among the last ones
    public async Task Verify_changedNumber_isFoundBeyondTheTolerance(int number, float by, bool agrees)
    {
        var own = await VectorAsync("", "river tower");
        float[] wrong = [own[0], own[1], own[^1]];
        wrong[number] += by;

        var verified = Assert.Single(ModelVerifier.Verify(folder.Path, [new PublishedVector("tiny", "river tower", wrong[..2], 0.01, "the tests") { Last = wrong[2..], IsNormalized = true }]));

        Assert.Equal(by, verified.GreatestDifference, 1e-5);
        Assert.Equal(agrees, verified.Agrees);
    }

    [Fact]
    public async Task Verify_publisherPooledAnotherWay_isFollowed()
    {
        using var cls = KnownModels.Load(folder.Path, pooling: PoolingModes.Cls);
        using var embedder = new TextEmbedder(cls);
        using var matrix = await embedder.EmbedAsync(["river tower"]);
        var published = new PublishedVector("tiny", "river tower", matrix[0][..4].ToArray(), 1e-5, "the tests") { IsNormalized = true };

        var verified = ModelVerifier.Verify(folder.Path, [published, published with { Pooling = PoolingModes.Cls }]);

        Assert.Equal([false, true], verified.Select(vector => vector.Agrees));
    }

    [Fact]
    public void Verify_concatenation_comparesPartsOfLengthOneSideBySide()
    {
        using var model = KnownModels.Load($"concat:{folder.Path}+{folder.Path}");

        var verified = ModelVerifier.Compare(model, new PublishedVector("tiny", "river tower", [.. Enumerable.Repeat(0f, 64)], 1, "the tests"));
        var alone = ModelVerifier.Compare(model.Parts[0], new PublishedVector("tiny", "river tower", [.. Enumerable.Repeat(0f, 32)], 1, "the tests") { IsNormalized = true });

        Assert.Equal(64, verified.Compared);
        Assert.Equal(alone.GreatestDifference, verified.GreatestDifference, 1e-6);
    }

    [Fact]
    public void Verify_moreNumbersThanTheModelGives_isRefused()
    {
        var error = Assert.Throws<CdeException>(() => ModelVerifier.Verify(folder.Path, [new PublishedVector("tiny", "x", [.. Enumerable.Repeat(0.1f, 33)], 1, "the tests")]));

        Assert.Contains("vectors of 32 numbers", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_publishedModel2VecTable_agreesWithItsPublishedVectors()
    {
        var data = TestFolders.Data("model2vec_fixtures");
        var published = System.Text.Json.JsonSerializer.Deserialize<float[][]>(File.ReadAllText(Path.Combine(data, "embeddings_vocab_quantized.json")))![0];
        var text = string.Join(' ', Enumerable.Repeat("hello", 1000));

        var verified = Assert.Single(ModelVerifier.Verify(
            Path.Combine(data, "test-model-vocab-quantized"), [new PublishedVector("potion", text, published, 1e-4, "tests of model2vec-rs") { IsNormalized = true }]));

        Assert.True(verified.Agrees, $"differs by {verified.GreatestDifference}");
    }

    [Fact]
    public void List_everyPublishedVector_isOfAKnownModelAndNoWiderThanIt() => Assert.All(PublishedVectors.List, vector =>
    {
        var width = vector.Model.StartsWith("concat:", StringComparison.Ordinal)
            ? vector.Model["concat:".Length..].Split('+').Sum(part => KnownModels.Card(part).Dimension)
            : KnownModels.Card(vector.Model).Dimension;
        Assert.InRange(vector.First.Count + vector.Last.Count, 5, width);
        Assert.True(!vector.IsNormalized || vector.First.Sum(x => x * x) <= 1.001);
    });

    [Theory]
    [InlineData("\"tolerance\": 0.1", "\"tolerance\": 0", "\"tolerance\" is 0, expected a number above 0")]
    [InlineData("[0.5]", "[]", "\"first\" is missing (expected numbers)")]
    [InlineData("[0.5]", "[\"a\"]", "\"first\" is \"a\", expected numbers")]
    [InlineData("\"text\": \"hello\", ", "", "vectors[0] (\"tiny\"): \"text\" is missing")]
    [InlineData("\"source\"", "\"sauce\"", "\"source\" is missing")]
    public void Parse_wrongField_isNamedWithItsEntry(string text, string by, string expected)
    {
        const string Entry = """{"vectors": [{"model": "tiny", "text": "hello", "normalized": true, "first": [0.5], "tolerance": 0.1, "source": "us"}]}""";
        Assert.Single(PublishedVectors.Parse("v.json", Encoding.UTF8.GetBytes(Entry)));

        var error = Assert.Throws<CdeException>(() => PublishedVectors.Parse("v.json", Encoding.UTF8.GetBytes(Entry.Replace(text, by, StringComparison.Ordinal))));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private async Task<float[]> VectorAsync(string prompt, string text)
    {
        using var model = EmbeddingModel.Load(folder.Path);
        using var embedder = new TextEmbedder(model);
        using var matrix = await embedder.EmbedAsync([text], new EmbedOptions { PromptText = prompt });
        return matrix[0].ToArray();
    }
}
