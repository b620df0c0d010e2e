using Cde.Workbench.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.T5;

/// <summary>One pre-norm T5 block, without biases: (B, T, d) -> (B, T, d).</summary>
internal sealed class T5Layer : nn.Module
{
    private readonly T5Config config;
    private readonly RootMeanSquareNorm attentionNorm;
    private readonly Projection query;
    private readonly Projection key;
    private readonly Projection value;
    private readonly Projection output;
    private readonly RootMeanSquareNorm innerNorm;
    private readonly Projection inner;
    private readonly Projection? linear;
    private readonly Projection outer;

    public T5Layer(T5Config config, WeightScope weights)
        : base(nameof(T5Layer))
    {
        this.config = config;
        var heads = config.Heads * config.HeadWidth;
        query = Map("layer.0.SelfAttention.q", config.Width, heads);
        key = Map("layer.0.SelfAttention.k", config.Width, heads);
        value = Map("layer.0.SelfAttention.v", config.Width, heads);
        output = Map("layer.0.SelfAttention.o", heads, config.Width);
        attentionNorm = ModuleTree.Add(this, "layer.0.layer_norm", new RootMeanSquareNorm(weights["layer.0.layer_norm"], config.Width, config.Epsilon));
        inner = Map(config.IsGated ? "layer.1.DenseReluDense.wi_0" : "layer.1.DenseReluDense.wi", config.Width, config.Inner);
        linear = config.IsGated ? Map("layer.1.DenseReluDense.wi_1", config.Width, config.Inner) : null;
        outer = Map("layer.1.DenseReluDense.wo", config.Inner, config.Width);
        innerNorm = ModuleTree.Add(this, "layer.1.layer_norm", new RootMeanSquareNorm(weights["layer.1.layer_norm"], config.Width, config.Epsilon));

        Projection Map(string name, long inputs, long outputs) => ModuleTree.Add(this, name, new Projection(weights[name], inputs, outputs, hasBias: false));
    }

    /// <summary>x (B, T, d) and bias, broadcast to (B, H, T, T) -> (B, T, d).</summary>
    public Tensor forward(Tensor x, Tensor bias)
    {
        using var scope = NewDisposeScope();
        var normed = attentionNorm.forward(x);
        var q = Attention.SplitHeads(query.forward(normed), config.Heads); // (B, T, d) -> (B, H, T, d_kv)
        var k = Attention.SplitHeads(key.forward(normed), config.Heads);
        var v = Attention.SplitHeads(value.forward(normed), config.Heads);
        x = x + Drop(output.forward(Attention.JoinHeads(Attention.Attend(q, k, v, bias, scale: 1))));
        return (x + Drop(FeedForward(innerNorm.forward(x)))).MoveToOuterDisposeScope();
    }

    private Tensor FeedForward(Tensor x)
    {
        var hidden = linear is null
            ? nn.functional.relu(inner.forward(x))
            : nn.functional.gelu(inner.forward(x), GELU.Approximate.tanh) * linear.forward(x);
        return outer.forward(Drop(hidden));
    }

    private Tensor Drop(Tensor x) => nn.functional.dropout(x, config.Dropout, training);
}
