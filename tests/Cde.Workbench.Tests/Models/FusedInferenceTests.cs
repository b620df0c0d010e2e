using Cde.Workbench.Models;
using Cde.Workbench.Models.Bert;
using Cde.Workbench.Models.NomicBert;
using static TorchSharp.torch;

namespace Cde.Workbench.Tests.Models;

/// <summary>The fused path computes what the layers compute: every case runs both ways.</summary>
public class FusedInferenceTests
{
    private const double Tolerance = 1e-4;
    private static readonly long[] Lengths = [5, 130, 1, 0, 33, 97, 128];

    private static readonly BertConfig Bert = new(100, 48, 3, 4, 80, 160);

    private static readonly NomicBertConfig Nomic = new() { VocabularySize = 100, Width = 48, Layers = 3, Heads = 4, Inner = 80 };

    [Fact]
    public void Bert_is_the_same_fused_and_unfused()
    {
        using var model = new BertEncoder(Bert, new ScaledWeights(1).Scope(""));
        AgreeBothWays(model, (ids, mask) => model.forward(ids, mask) * mask.unsqueeze(-1));
    }

    [Theory]
    [InlineData(NomicActivation.Gelu, 1.0, 0)]
    [InlineData(NomicActivation.SwiGlu, 1.0, 0)]
    [InlineData(NomicActivation.SwiGlu, 0.5, 7)]
    [InlineData(NomicActivation.GeGlu, 0.0, 0)]
    [InlineData(NomicActivation.Glu, 1.0, 300)]
    public void NomicBert_is_the_same_fused_and_unfused(NomicActivation activation, double rotary, long unrotated)
    {
        var config = Nomic with { Activation = activation, RotaryFraction = rotary, AttentionBias = true, Inner1Bias = true, Inner2Bias = rotary == 1 };
        using var model = new NomicBertEncoder(config, new ScaledWeights(2).Scope(""));
        AgreeBothWays(model, (ids, mask) => model.forward(ids, mask, null, unrotated));
    }

    [Fact]
    public void Padding_on_the_left_is_the_same_fused_and_unfused()
    {
        using var model = new NomicBertEncoder(Nomic, new ScaledWeights(2).Scope(""));
        AgreeBothWays(model, (ids, mask) => model.forward(ids, mask.flip(1)));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(37, 0)]
    [InlineData(37, 20)]
    [InlineData(530, 512)]
    public void Full_attention_behind_a_prefix_is_the_same_fused_and_unfused(int prefix, long unrotated)
    {
        using var model = new NomicBertEncoder(Nomic, new ScaledWeights(3).Scope(""));
        manual_seed(4);
        using var context = randn(1, prefix, 48);
        AgreeBothWays(model, (ids, mask) => model.RunBehind(context, model.Embed(ids), mask, unrotated) * mask.unsqueeze(-1));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(37, 20)]
    [InlineData(530, 512)]
    public void Attention_with_a_prefix_is_the_same_fused_and_unfused(int prefix, long unrotated)
    {
        using var model = new NomicBertEncoder(Nomic, new ScaledWeights(5).Scope(""));
        manual_seed(6);
        using var context = randn(1, prefix, 48);
        using var mode = no_grad();
        using var state = model.RunPrefix(context, unrotated).Detach();
        AgreeBothWays(model, (ids, mask) => model.RunWith(state, model.Embed(ids), mask) * mask.unsqueeze(-1));
        AgreeBothWays(model, (ids, mask) => model.RunWith(state, model.Embed(ids), mask) * mask.unsqueeze(-1)); // packed before
    }

    [Fact]
    public void Bfloat16_weights_give_vectors_close_to_float32()
    {
        using var plain = new BertEncoder(Bert, new ScaledWeights(1).Scope(""));
        using var rounded = new BertEncoder(Bert, new ScaledWeights(1, ScalarType.BFloat16).Scope(""));
        rounded.eval();
        plain.eval();
        using var mode = no_grad();
        using var scope = NewDisposeScope();
        var (ids, mask) = Batch();
        var expected = Pooling.Mean(plain.forward(ids, mask), mask);
        var found = Pooling.Mean(rounded.forward(ids, mask).to_type(ScalarType.Float32), mask);
        var some = mask.sum(1).gt(0);
        var cosine = nn.functional.cosine_similarity(expected, found, 1, 1e-8).masked_select(some).min().item<float>();
        Assert.True(cosine > 0.999, $"cosine {cosine}");
        Assert.False(expected.masked_select(some.unsqueeze(-1)).eq(found.masked_select(some.unsqueeze(-1))).all().item<bool>());
    }

    [Fact]
    public void Weights_changed_in_place_are_packed_again()
    {
        using var model = new BertEncoder(Bert, new ScaledWeights(1).Scope(""));
        AgreeBothWays(model, (ids, mask) => model.forward(ids, mask) * mask.unsqueeze(-1));
        using (no_grad())
        {
            foreach (var (_, parameter) in model.named_parameters())
                parameter.mul_(1.1).add_(0.01);
        }

        AgreeBothWays(model, (ids, mask) => model.forward(ids, mask) * mask.unsqueeze(-1));
    }

    [Fact]
    public void Gradients_and_dropout_take_the_layers()
    {
        using var model = new BertEncoder(Bert, new ScaledWeights(1).Scope(""));
        using var scope = NewDisposeScope();
        var (ids, mask) = Batch();
        model.eval();
        Assert.True(model.forward(ids, mask).requires_grad);
        model.train();
        using var mode = no_grad();
        Assert.False(model.forward(ids, mask).eq(model.forward(ids, mask)).all().item<bool>());
    }

    private static void AgreeBothWays(nn.Module model, Func<Tensor, Tensor, Tensor> compute)
    {
        if (FusedInference.Kernels(ScalarType.Float32) is null)
            Assert.Skip("there is no fused path on this backend");
        model.eval();
        using var mode = no_grad();
        using var scope = NewDisposeScope();
        var (ids, mask) = Batch();
        Tensor expected;
        using (FusedInference.Off())
            expected = compute(ids, mask);
        var found = compute(ids, mask);
        Assert.Equal(expected.shape, found.shape);
        Assert.False(found.eq(expected).all().item<bool>(), "both ways took the same path");
        var error = (found - expected).abs().max().item<float>();
        Assert.True(error < Tolerance, $"largest difference {error}");
        Assert.True(expected.abs().max().item<float>() > 0.5, "the comparison would be of nothing");
    }

    private static (Tensor Ids, Tensor Mask) Batch()
    {
        var longest = Lengths.Max();
        var random = new Random(7);
        var ids = Enumerable.Range(0, Lengths.Length * (int)longest).Select(_ => (long)random.Next(100)).ToArray();
        var mask = Lengths.SelectMany(length => Enumerable.Range(0, (int)longest).Select(t => t < length ? 1L : 0L)).ToArray();
        return (tensor(ids, [Lengths.Length, longest]), tensor(mask, [Lengths.Length, longest]));
    }
}
