using Cde.Workbench.Models;
using Cde.Workbench.Tests.Embedding;
using Cde.Workbench.Text;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Models;

[Collection(LiveTensors.Name)]
public sealed class EmbeddingModelTests
{
    private static readonly string[] Texts = ["river tower", "music : river", "tower"];

    [Fact]
    public void Load_bareBertFolder_poolsByMeanAndKnowsItsSizes()
    {
        using var folder = new TinyModelFolder("case01_bert_tiny", 600);
        using var model = EmbeddingModel.Load(folder.Path);

        Assert.Equal(("bert", 32, 64, false), (model.Architecture, model.Dimension, model.MaxTokens, model.IsContextual));
        Assert.Equal([3L, 32L], Encode(model).Shape);
    }

    [Fact]
    public void Load_severalPoolingsAndADenseLayer_followOneAnother()
    {
        using var folder = new TinyModelFolder("case01_bert_tiny", 600);
        folder.Write("modules.json", """
            [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
             {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
             {"idx": 2, "name": "2", "path": "2_Dense", "type": "sentence_transformers.base.modules.Dense"},
             {"idx": 3, "name": "3", "path": "3_Normalize", "type": "sentence_transformers.models.Normalize"}]
            """);
        folder.Write("1_Pooling/config.json", """{"word_embedding_dimension": 32, "pooling_mode_cls_token": true, "pooling_mode_mean_tokens": true}""");
        folder.Write("2_Dense/config.json", """{"in_features": 64, "out_features": 2, "bias": false, "activation_function": "torch.nn.modules.linear.Identity"}""");
        var weight = new float[2 * 64];
        weight[0] = 1; // the first component of the CLS vector
        weight[64 + 32] = 1; // the first component of the mean
        SafetensorsWriter.Write(folder.At("2_Dense/model.safetensors"), [SafetensorsItem.FromFloats("linear.weight", [2, 64], weight)]);
        using var model = EmbeddingModel.Load(folder.Path);
        using var plain = new TinyModelFolder("case01_bert_tiny", 600);
        using var mean = EmbeddingModel.Load(plain.Path);

        var dense = Encode(model);

        Assert.Equal([3L, 2L], dense.Shape);
        Assert.Equal(Encode(mean).Values[0], dense.Values[1], 5);
    }

    [Fact]
    public void Load_shardedWeights_giveTheSameVectors()
    {
        using var whole = new TinyModelFolder("case02_nomic_tiny", 640);
        using var sharded = new TinyModelFolder("case02_nomic_tiny", 640);
        sharded.Shard();
        using var one = EmbeddingModel.Load(whole.Path);
        using var other = EmbeddingModel.Load(sharded.Path);

        Assert.Equal(Encode(one).Values, Encode(other).Values);
        Assert.NotEqual(one.Hash, other.Hash);
    }

    [Theory]
    [InlineData("case03_cde_tiny", "first_stage_model.")]
    [InlineData("case03b_biencoder_tiny", "encoder.layers.1.")]
    public void Load_stagesWithMoreLayersThanTheirConfiguration_isRefusedByTensor(string golden, string tensor)
    {
        using var folder = new TinyModelFolder(golden, 640);
        folder.Replace("backbone_config.json", "\"n_layer\": 2", "\"n_layer\": 1");

        var error = Assert.Throws<CdeException>(() => EmbeddingModel.Load(folder.Path));

        Assert.Contains("describes no part of the model that has the tensors", error.Message, StringComparison.Ordinal);
        Assert.Contains(tensor, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_contextualFolder_hasBothStagesAndItsPrompts()
    {
        using var folder = new TinyModelFolder("case03_cde_tiny", 640);
        using var model = EmbeddingModel.Load(folder.Path);
        using var scope = NewDisposeScope();

        Assert.Equal(("contextual", 6, 1, true), (model.Architecture, model.ContextSize, model.TokensPerDocument, model.HasNullContext));
        Assert.Equal("search_query: ", model.Prompts["query"]);
        using var batch = Batch(model);
        using var context = model.Prepare(model.EncodeFirstStage(batch));
        using var none = model.Prepare(null);
        Assert.False(model.EncodeSecondStage(batch, context).eq(model.EncodeSecondStage(batch, none)).all().item<bool>());
        Assert.Contains("contextual", Assert.Throws<CdeException>(() => model.Encode(batch)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_bfloat16_staysNearFloat32()
    {
        using var folder = new TinyModelFolder("case01_bert_tiny", 600);
        using var single = EmbeddingModel.Load(folder.Path);
        using var half = EmbeddingModel.Load(folder.Path, null, ScalarType.BFloat16);
        var (a, b) = (Encode(single).Values, Encode(half).Values);

        var cosine = a.Zip(b, (x, y) => x * y).Sum() / Math.Sqrt(a.Sum(x => x * x) * b.Sum(y => y * y));

        Assert.InRange(cosine, 0.999, 1.0001);
        Assert.NotEqual(a, b);
    }

    [Fact]
    public void Load_weightsOfAnotherShape_namesTensorExpectedAndFound()
    {
        using var folder = new TinyModelFolder("case01_bert_tiny", 600);
        folder.Replace("config.json", "\"intermediate_size\": 64", "\"intermediate_size\": 96");

        var error = Assert.Throws<CdeException>(() => EmbeddingModel.Load(folder.Path));

        Assert.Contains("encoder.layer.0.intermediate.dense.weight has shape [64, 32]", error.Message, StringComparison.Ordinal);
        Assert.Contains("[96, 32]", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"model_type\": \"bert\"", "\"model_type\": \"gpt2\"", "model_type \"gpt2\"")]
    [InlineData("\"hidden_size\": 32", "\"hidden_size\": -3", "\"hidden_size\" is -3")]
    [InlineData("\"num_attention_heads\": 4", "\"num_attention_heads\": 5", "no multiple")]
    [InlineData("\"hidden_act\": \"gelu\"", "\"hidden_act\": \"relu\"", "\"hidden_act\" is \"relu\"")]
    public void Load_configurationThatIsNotComputed_isRefusedByKey(string text, string by, string expected)
    {
        using var folder = new TinyModelFolder("case01_bert_tiny", 600);
        folder.Replace("config.json", text, by);

        Assert.Contains(expected, Assert.Throws<CdeException>(() => EmbeddingModel.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_weightsOfMoreLayers_namesTheTensorsThatNobodyAsksFor()
    {
        using var folder = new TinyModelFolder("case01_bert_tiny", 600);
        folder.Replace("config.json", "\"num_hidden_layers\": 2", "\"num_hidden_layers\": 1");

        var error = Assert.Throws<CdeException>(() => EmbeddingModel.Load(folder.Path));

        Assert.Contains("encoder.layer.1.attention.output.LayerNorm.bias", error.Message, StringComparison.Ordinal);
        Assert.Contains("and 10 more", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)] // tensors are missing
    [InlineData(1)] // tensors are left over
    public void Load_failures_leaveNoTensorBehind(int layers)
    {
        using var folder = new TinyModelFolder("case01_bert_tiny", 600);
        folder.Replace("config.json", "\"num_hidden_layers\": 2", $"\"num_hidden_layers\": {layers}");
        var before = LiveTensors.Settled;

        Assert.Throws<CdeException>(() => EmbeddingModel.Load(folder.Path));

        Assert.Equal(before, LiveTensors.Count);
    }

    [Fact]
    public void LoadAndEncode_thenDispose_leavesNoTensorBehind()
    {
        using var folder = new TinyModelFolder("case03_cde_tiny", 640);
        var before = LiveTensors.Settled;

        using (var model = EmbeddingModel.Load(folder.Path))
        using (var batch = Batch(model))
        using (var vectors = model.EncodeFirstStage(batch))
        using (var context = model.Prepare(vectors))
        using (model.EncodeSecondStage(batch, context))
            Assert.True(LiveTensors.Count > before);

        Assert.Equal(before, LiveTensors.Count);
    }

    [Fact]
    public void KnownModels_unknownName_offersTheNearest()
    {
        var error = Assert.Throws<CdeException>(() => KnownModels.Load("cde-mimi"));

        Assert.Contains("cde-mini", error.Message, StringComparison.Ordinal);
    }

    private static PaddedBatch Batch(EmbeddingModel model) =>
        PaddedBatch.From(model.Tokenizer.Encode(Texts, new TokenizeOptions { MaxTokens = model.MaxTokens }), [0, 1, 2], model.Tokenizer.PadId);

    private static (long[] Shape, float[] Values) Encode(EmbeddingModel model)
    {
        using var batch = Batch(model);
        using var vectors = model.Encode(batch);
        using var floats = vectors.to_type(ScalarType.Float32);
        return (floats.shape, floats.data<float>().ToArray());
    }
}
