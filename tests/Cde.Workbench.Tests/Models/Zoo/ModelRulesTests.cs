using Cde.Workbench.Embedding;
using Cde.Workbench.Models;

namespace Cde.Workbench.Tests.Models.Zoo;

/// <summary>What a card says holds where the model's folder says nothing, and there alone.</summary>
public sealed class ModelRulesTests : IDisposable
{
    private static readonly ModelRules Rules = new() { Pooling = PoolingModes.Cls, MaxTokens = 20, Prompts = new Dictionary<string, string> { ["query"] = "music : " } };
    private readonly TinyModelFolder folder = new("case01_bert_tiny", 600);

    [Fact]
    public async Task Load_folderThatSaysNothing_followsTheRules()
    {
        folder.Write("1_Pooling/config.json", """{"pooling_mode_cls_token": true}""");
        var expected = await VectorsAsync(ModelRules.None, "music : ");
        File.Delete(folder.At("1_Pooling/config.json"));
        using var model = EmbeddingModel.Load(folder.Path, rules: Rules);

        Assert.Equal((20, "music : "), (model.MaxTokens, model.Prompts["query"]));
        Assert.Equal(expected, await VectorsAsync(Rules, null));
        Assert.NotEqual(expected, await VectorsAsync(ModelRules.None, "music : "));
    }

    [Fact]
    public void Load_folderThatSaysItAll_isFollowed()
    {
        folder.Write("1_Pooling/config.json", """{"pooling_mode_max_tokens": true}""");
        folder.Write("config_sentence_transformers.json", """{"prompts": {"query": "river : "}}""");
        folder.Write("sentence_bert_config.json", """{"max_seq_length": 30}""");
        using var plain = EmbeddingModel.Load(folder.Path);
        using var ruled = EmbeddingModel.Load(folder.Path, rules: Rules);

        Assert.Equal((plain.Hash, 30, "river : "), (ruled.Hash, ruled.MaxTokens, ruled.Prompts["query"]));
    }

    [Fact]
    public void Load_ruledPooling_hasAnotherHashThanTheFoldersOwn()
    {
        using var mean = EmbeddingModel.Load(folder.Path);
        using var cls = EmbeddingModel.Load(folder.Path, rules: Rules);
        using var forced = KnownModels.Load(folder.Path, pooling: PoolingModes.Cls);
        using var same = KnownModels.Load(folder.Path, pooling: PoolingModes.Mean);

        Assert.NotEqual(mean.Hash, cls.Hash);
        Assert.Equal(cls.Hash, forced.Hash);
        Assert.Equal(mean.Hash, same.Hash);
    }

    [Fact]
    public async Task Load_overriddenPooling_holdsWhateverTheFolderSays()
    {
        var mean = await VectorsAsync(ModelRules.None, "");
        folder.Write("1_Pooling/config.json", """{"pooling_mode_cls_token": true}""");

        Assert.NotEqual(mean, await VectorsAsync(ModelRules.None, ""));
        Assert.Equal(mean, await VectorsAsync(new ModelRules { Pooling = PoolingModes.Mean, OverridesPooling = true }, ""));
    }

    [Fact]
    public void Load_rerankerByName_isRefusedByKind()
    {
        var error = Assert.Throws<CdeException>(() => KnownModels.Load("bge-reranker-base"));

        Assert.Contains("bge-reranker-base is a reranker model", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private async Task<float[]> VectorsAsync(ModelRules rules, string? prompt)
    {
        using var model = EmbeddingModel.Load(folder.Path, rules: rules);
        using var embedder = new TextEmbedder(model);
        using var matrix = await embedder.EmbedAsync([new Workbench.Corpora.Query("q", "river tower")], new EmbedOptions { PromptText = prompt });
        return matrix[0].ToArray();
    }
}
