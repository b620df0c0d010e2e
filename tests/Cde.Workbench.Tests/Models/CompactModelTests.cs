using Cde.Testing;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Models;

/// <summary>Every architecture in fewer bits: near the whole weights, and not equal to them.</summary>
public sealed class CompactModelTests
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            string[] cases =
            [
                "case01_bert_tiny", "case02_nomic_tiny", "case10_mpnet_tiny", "case11_xlmr_tiny", "case12_distilbert_tiny", "case13_t5_encoder_tiny", "case14_llama_tiny", "case14b_mistral_tiny",
                "case14c_qwen2_tiny", "case14d_qwen3_tiny", "case15_modernbert_tiny", "case16_roberta_tiny",
            ];
            var data = new TheoryData<string, string>();
            foreach (var golden in cases)
            {
                foreach (var storage in new[] { WeightStorage.Float16, WeightStorage.Int8, WeightStorage.Int4, WeightStorage.Nf4 })
                    data.Add(golden, storage.ToString());
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Encoder_keeps_its_vectors_near_and_its_weights_small(string golden, string name)
    {
        var storage = Enum.Parse<WeightStorage>(name);
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        using var files = new GoldenCase(golden);
        using var whole = GoldenEncoder.Load<TokenEncoder>(files);
        using var compact = GoldenEncoder.Load<TokenEncoder>(files);
        CompactWeights.Apply(compact, storage);
        Assert.Equal(CompactWeights.Count(whole), CompactWeights.Count(compact));
        Assert.InRange(CompactWeights.Bytes(compact), 1, CompactWeights.Bytes(whole) - 1);
        var ids = tensor(new long[] { 5, 6, 7, 8, 9, 10, 11, 12 }, [2, 4]);
        var mask = ones_like(ids);
        var expected = Pooling.Mean(whole.forward(ids, mask), mask);
        var actual = Pooling.Mean(compact.forward(ids, mask), mask);
        var cosine = nn.functional.cosine_similarity(expected, actual, 1).min().item<float>();
        Assert.InRange(cosine, storage is WeightStorage.Int4 or WeightStorage.Nf4 ? 0.9f : 0.999f, 1.0001f);
        Assert.True((expected - actual).abs().max().item<float>() > 0);
    }

    [Theory]
    [InlineData(WeightStorage.Float16, "float16")]
    [InlineData(WeightStorage.Int8, "int8")]
    [InlineData(WeightStorage.Int4, "int4")]
    [InlineData(WeightStorage.Nf4, "nf4")]
    public void Model_names_its_precision(WeightStorage storage, string name)
    {
        using var folder = new TinyModelFolder("case01_bert_tiny", 600);
        using var whole = EmbeddingModel.Load(folder.Path);
        using var model = EmbeddingModel.Load(folder.Path, storage: storage);
        Assert.Equal(name, model.PrecisionName);
        Assert.Equal(ScalarType.Float32, model.Precision);
        Assert.Equal(whole.ParameterCount, model.ParameterCount);
        Assert.InRange(model.WeightBytes, 1, whole.WeightBytes - 1);
    }

    [Fact]
    public void Compact_weights_in_another_type_than_float32_are_refused()
    {
        using var folder = new TinyModelFolder("case01_bert_tiny", 600);
        var failure = Assert.Throws<CdeException>(() => EmbeddingModel.Load(folder.Path, precision: ScalarType.BFloat16, storage: WeightStorage.Int8));
        Assert.Equal("weights kept as int8 are computed with in float32, not in bfloat16", failure.Message);
    }
}
