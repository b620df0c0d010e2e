using Cde.Workbench.Embedding;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Bert;
using Cde.Workbench.Models.Concatenated;
using Cde.Workbench.Models.Layers;
using Cde.Workbench.Tests.Embedding;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Models.Concatenated;

/// <summary>Several models as one, in one file (spec) and by name.</summary>
[Collection(LiveTensors.Name)]
public sealed class ConcatenatedModelTests : IDisposable
{
    private static readonly string[] Texts = ["river tower", "music : river", "tower"];

    private readonly TinyModelFolder first = new("case01_bert_tiny", 600);
    private readonly TinyModelFolder second = new("case16b_bert_sequence_classification_tiny", 160);

    public ConcatenatedModelTests()
    {
        foreach (var folder in (TinyModelFolder[])[first, second])
            folder.Write("1_Pooling/config.json", """{"pooling_mode_cls_token": true}""");
        second.Write("config_sentence_transformers.json", """{"prompts": {"query": "music : "}}""");
    }

    [Theory]
    [InlineData("model.model_0.", "model.model_1.")]
    [InlineData("model_0.bert.", "model_1.bert.")]
    public void Load_oneFileOfTwoEncoders_findsThemAndPutsTheirFirstVectorsSideBySide(string prefix, string otherPrefix)
    {
        using var whole = OneFile(prefix, otherPrefix);
        using var model = EmbeddingModel.Load(whole.Path);
        using var one = EmbeddingModel.Load(first.Path);
        using var other = EmbeddingModel.Load(second.Path);
        using var scope = NewDisposeScope();

        using var batch = Batch(model);
        var vectors = model.Encode(batch);

        Assert.Equal(("concatenated", 64, 64), (model.Architecture, model.Dimension, model.MaxTokens));
        Assert.Equal(ConcatenatedConfig.QueryPrompt, model.Prompts["query"]);
        Assert.Equal(Math.Sqrt(2), vectors.norm(1, false, 2f)[0].item<float>(), 1e-5);
        Assert.True((vectors.narrow(1, 0, 32) - nn.functional.normalize(one.Encode(batch))).abs().max().item<float>() < 1e-6f);
        Assert.True((vectors.narrow(1, 32, 32) - nn.functional.normalize(other.Encode(batch))).abs().max().item<float>() < 1e-6f);
    }

    [Fact]
    public void Load_oneFileWhoseHeadsCannotBeTold_asksForThem()
    {
        using var whole = OneFile("model.model_0.", "model.model_1.");
        whole.Write("config.json", """{"architectures": ["ConcatModel"], "model_type": "arctic-m-bge-small"}""");

        Assert.Contains("num_attention_heads", Assert.Throws<CdeException>(() => EmbeddingModel.Load(whole.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_publishedWidths_haveTheirHeads()
    {
        using var scope = NewDisposeScope();
        var path = first.At("two.safetensors");
        var wide = new BertEncoder(new BertConfig(9, 768, 1, 12, 8, 4), new InitialWeights(1).Scope(""));
        var narrow = new BertEncoder(new BertConfig(9, 384, 2, 12, 16, 4), new InitialWeights(2).Scope(""));
        TensorFile.Write(path, Named("model.model_0.", wide).Concat(Named("model.model_1.", narrow)));
        using var files = SafetensorsFile.Open(path);

        var parts = ConcatenatedConfig.Parts(JsonConfig.Parse("config.json", "{}"u8.ToArray()), files);

        Assert.Equal([("model.model_0.", wide.Config), ("model.model_1.", narrow.Config)], parts);
    }

    [Fact]
    public async Task Concat_twoFolders_embedsEachWithItsOwnTokenizerAndPrompts()
    {
        using var model = KnownModels.Load($"concat:{first.Path}+{second.Path}");
        using var embedder = TextEmbedder.For(model);
        var queries = Texts.Select((text, row) => new Cde.Workbench.Corpora.Query($"{row}", text)).ToArray();

        using var joined = await embedder.EmbedAsync(queries);

        Assert.Equal((64, embedder.ModelHash), (joined.Dimension, model.Hash));
        for (var part = 0; part < 2; part++)
        {
            using var alone = new TextEmbedder(model.Parts[part]);
            using var vectors = await alone.EmbedAsync(queries);
            for (var row = 0; row < Texts.Length; row++)
            {
                for (var j = 0; j < 32; j++)
                    Assert.Equal(vectors[row][j] / Math.Sqrt(2), joined[row][32 * part + j], 1e-6);
            }
        }

        using var unprompted = await embedder.EmbedAsync(Texts);
        Assert.Equal(unprompted[0][..32].ToArray(), joined[0][..32].ToArray()); // the first has no prompt for queries
        Assert.NotEqual(unprompted[0][32..].ToArray(), joined[0][32..].ToArray());
    }

    [Fact]
    public void Concat_tokens_areRefused()
    {
        using var model = KnownModels.Load($"concat:{first.Path}+{second.Path}");
        using var batch = Batch(model);

        Assert.Contains("tokenizers and prompts of their own", Assert.Throws<CdeException>(() => model.Encode(batch)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("concat:{0}", "at least two")]
    [InlineData("concat:{0}+no-such-model", "no-such-model")]
    public void Concat_partsThatAreNone_areRefusedAndLeaveNoTensorBehind(string name, string expected)
    {
        var before = LiveTensors.Settled;

        var error = Assert.Throws<CdeException>(() => KnownModels.Load(name.Replace("{0}", first.Path, StringComparison.Ordinal)));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, LiveTensors.Count);
    }

    [Fact]
    public void Concat_disposed_leavesNoTensorBehind()
    {
        var before = LiveTensors.Settled;

        using (var model = KnownModels.Load($"concat:{first.Path}+{second.Path}"))
            Assert.Equal(model.Parts.Sum(part => part.ParameterCount), model.ParameterCount);

        Assert.Equal(before, LiveTensors.Count);
    }

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }

    private static PaddedBatch Batch(EmbeddingModel model)
    {
        var tokens = model.Tokenizer.Encode(["river tower", "tower"]);
        return PaddedBatch.From(tokens, [0, 1], model.Tokenizer.PadId);
    }

    private static IEnumerable<(string, Tensor)> Named(string prefix, BertEncoder model) =>
        model.named_parameters().DistinctBy(entry => entry.parameter.Handle).Select(entry => (prefix + entry.name, (Tensor)entry.parameter));

    /// <summary>The weights of both folders in one file, with a configuration that says as little as the published one.</summary>
    private TinyModelFolder OneFile(string prefix, string otherPrefix)
    {
        var folder = new TinyModelFolder("case01_bert_tiny", 600);
        using (var one = SafetensorsFile.Open(first.At("model.safetensors")))
        using (var other = SafetensorsFile.Open(second.At("model.safetensors")))
        {
            SafetensorsWriter.Write(
                folder.At("joined.safetensors"),
                [
                    .. one.Entries.Values.Select(entry => SafetensorsItem.FromFloats(prefix + entry.Name, [.. entry.Shape], one.Floats(entry.Name))),
                    .. other.Entries.Values.Where(entry => entry.Name.StartsWith("bert.", StringComparison.Ordinal))
                        .Select(entry => SafetensorsItem.FromFloats(otherPrefix + entry.Name["bert.".Length..], [.. entry.Shape], other.Floats(entry.Name))),
                ]);
        }

        File.Move(folder.At("joined.safetensors"), folder.At("model.safetensors"), overwrite: true);
        folder.Write("config.json", """{"architectures": ["ConcatModel"], "model_type": "arctic-m-bge-small", "num_attention_heads": [4, 4]}""");
        return folder;
    }
}
