using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.ModernBert;

/// <summary>One pre-norm ModernBERT layer: (B, T, d) -> (B, T, d).</summary>
internal sealed class ModernBertLayer : nn.Module
{
    private readonly ModernBertConfig config;
    private readonly Norm? attentionNorm;
    private readonly Projection queryKeyValue;
    private readonly Projection output;
    private readonly Norm innerNorm;
    private readonly Projection inner;
    private readonly Projection outer;

    public ModernBertLayer(ModernBertConfig config, int number, WeightScope weights)
        : base(nameof(ModernBertLayer))
    {
        this.config = config;
        var d = config.Width;
        if (number > 0) // the embeddings' norm stands right in front of the first layer
            attentionNorm = ModuleTree.Add(this, "attn_norm", new Norm(weights["attn_norm"], d, config.Epsilon, config.NormBias));
        queryKeyValue = ModuleTree.Add(this, "attn.Wqkv", new Projection(weights["attn.Wqkv"], d, 3 * d, config.AttentionBias));
        output = ModuleTree.Add(this, "attn.Wo", new Projection(weights["attn.Wo"], d, d, config.AttentionBias));
        innerNorm = ModuleTree.Add(this, "mlp_norm", new Norm(weights["mlp_norm"], d, config.Epsilon, config.NormBias));
        inner = ModuleTree.Add(this, "mlp.Wi", new Projection(weights["mlp.Wi"], d, 2 * config.Inner, config.InnerBias));
        outer = ModuleTree.Add(this, "mlp.Wo", new Projection(weights["mlp.Wo"], config.Inner, d, config.InnerBias));
    }

    /// <summary>x (B, T, d), the rotation of T positions, and a bias broadcast to (B, H, T, T) -> (B, T, d).</summary>
    public Tensor forward(Tensor x, Rotary rotary, RotaryAngles angles, Tensor bias)
    {
        using var scope = NewDisposeScope();
        var parts = queryKeyValue.forward(attentionNorm?.forward(x) ?? x).chunk(3, -1); // (B, T, 3d) -> 3 (B, T, d)
        var q = rotary.Apply(Attention.SplitHeads(parts[0], config.Heads), angles); // -> (B, H, T, d/H)
        var k = rotary.Apply(Attention.SplitHeads(parts[1], config.Heads), angles);
        var v = Attention.SplitHeads(parts[2], config.Heads);
        x = x + output.forward(Attention.JoinHeads(Attention.Attend(q, k, v, bias)));
        return (x + FeedForward(innerNorm.forward(x))).MoveToOuterDisposeScope();
    }

    private Tensor FeedForward(Tensor x)
    {
        var parts = inner.forward(x).chunk(2, -1); // (B, T, 2 inner) -> 2 (B, T, inner)
        return outer.forward(nn.functional.dropout(nn.functional.gelu(parts[0]) * parts[1], config.InnerDropout, training));
    }
}
