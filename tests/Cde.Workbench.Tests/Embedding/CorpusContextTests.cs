using System.Text.Json.Nodes;
using Cde.Testing;
using Cde.Workbench.Contexts;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;

namespace Cde.Workbench.Tests.Embedding;

public sealed class CorpusContextTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Load_saved_context_is_the_same(int tokensPerDocument)
    {
        using var folder = new TemporaryFolder();
        var context = await Build(StandInEncoder.Contextual(tokensPerDocument: tokensPerDocument), seed: 5);
        context.Save(folder["context"]);
        var loaded = CorpusContext.Load(folder["context"]);
        Assert.Equal(context.Hash, loaded.Hash);
        Assert.Equal(context.Vectors.ToArray(), loaded.Vectors.ToArray());
        Assert.Equal(context.DocumentIds, loaded.DocumentIds);
        Assert.Equal(
            ("random", 5L, "stand-in contextual", "hash-of-contextual", "fruit", context.CorpusHash, tokensPerDocument, 8, 6, false),
            (loaded.Sampler, loaded.Seed, loaded.ModelName, loaded.ModelHash, loaded.CorpusName, loaded.CorpusHash, loaded.TokensPerDocument, loaded.Dimension, loaded.Size, loaded.IsNull));
    }

    [Fact]
    public void Load_saved_null_context_is_the_null_context()
    {
        using var folder = new TemporaryFolder();
        var context = CorpusContext.Null(StandInEncoder.Contextual());
        context.Save(folder["context"]);
        var loaded = CorpusContext.Load(folder["context"]);
        Assert.True(loaded.IsNull);
        Assert.Equal(context.Hash, loaded.Hash);
        Assert.NotEqual(context.Hash, CorpusContext.Null(StandInEncoder.Contextual(hash: "other")).Hash);
    }

    [Fact]
    public async Task Hash_differs_where_seed_corpus_model_or_vectors_differ()
    {
        var encoder = StandInEncoder.Contextual();
        var hashes = new[]
        {
            await Build(encoder, seed: 1),
            await Build(encoder, seed: 2),
            await Build(encoder, seed: 1, extra: "kiwi"),
            await Build(StandInEncoder.Contextual(hash: "other"), seed: 1),
            await Build(StandInEncoder.Contextual(tokensPerDocument: 2), seed: 1),
        }.Select(context => context.Hash).ToList();
        Assert.Equal(hashes.Count, hashes.Distinct().Count());
        Assert.Equal(hashes[0], (await Build(encoder, seed: 1)).Hash);
    }

    [Theory]
    [InlineData("seed", "7", "the content's hash is")]
    [InlineData("sampler", "\"coverage\"", "the content's hash is")]
    [InlineData("document_ids", "[\"a\"]", "tensor vectors has shape (6, 8), context.json says (1, 8)")]
    [InlineData("document_ids", "[1, 2, 3, 4, 5, 6]", "holds something that is not a string")]
    [InlineData("document_ids", "null", "field \"document_ids\" is missing")]
    [InlineData("dimension", "\"wide\"", "field \"dimension\" is missing or not a Int32")]
    [InlineData("format", "\"cde-context-99\"", "format is \"cde-context-99\" (expected \"cde-context-1\")")]
    public async Task Load_changed_manifest_is_refused(string field, string value, string expected)
    {
        using var folder = new TemporaryFolder();
        (await Build(StandInEncoder.Contextual(), seed: 5)).Save(folder["context"]);
        var path = folder["context", "context.json"];
        var manifest = JsonNode.Parse(File.ReadAllText(path))!;
        manifest[field] = JsonNode.Parse(value);
        File.WriteAllText(path, manifest.ToJsonString());
        Assert.Contains(expected, Assert.Throws<CdeException>(() => CorpusContext.Load(folder["context"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_changed_vectors_is_refused()
    {
        using var folder = new TemporaryFolder();
        (await Build(StandInEncoder.Contextual(), seed: 5)).Save(folder["context"]);
        var path = folder["context", "context.safetensors"];
        var bytes = File.ReadAllBytes(path);
        bytes[^5] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Contains("was changed or damaged", Assert.Throws<CdeException>(() => CorpusContext.Load(folder["context"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_folder_without_a_context_is_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("it has no context.json", Assert.Throws<CdeException>(() => CorpusContext.Load(folder.Path)).Message, StringComparison.Ordinal);
        folder.Write("context.json", "{ broken");
        Assert.Contains("is not JSON (line 1)", Assert.Throws<CdeException>(() => CorpusContext.Load(folder.Path)).Message, StringComparison.Ordinal);
        folder.Write("context.json", "[]");
        Assert.Contains("is not a JSON object", Assert.Throws<CdeException>(() => CorpusContext.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    private static async Task<CorpusContext> Build(StandInEncoder encoder, long seed, string? extra = null)
    {
        string[] texts = ["apples", "pears", "plums", "figs", "dates", "limes", "grapes", .. extra is null ? Array.Empty<string>() : [extra]];
        using var corpus = new MemoryCorpus("fruit", texts.Select(text => new Document($"id of {text}", text)));
        return await ContextBuilder.BuildAsync(encoder, corpus, new RandomSampler(), seed: seed);
    }
}
