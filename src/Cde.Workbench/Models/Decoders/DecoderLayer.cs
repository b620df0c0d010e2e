using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Decoders;

/// <summary>One pre-norm decoder layer with grouped heads (Ainslie et al. 2023): (B, T, d) -> (B, T, d).</summary>
internal sealed class DecoderLayer : nn.Module
{
    private readonly DecoderConfig config;
    private readonly RootMeanSquareNorm attentionNorm;
    private readonly Projection query;
    private readonly Projection key;
    private readonly Projection value;
    private readonly Projection output;
    private readonly RootMeanSquareNorm? queryNorm;
    private readonly RootMeanSquareNorm? keyNorm;
    private readonly RootMeanSquareNorm innerNorm;
    private readonly Projection gate;
    private readonly Projection up;
    private readonly Projection down;

    public DecoderLayer(DecoderConfig config, WeightScope weights)
        : base(nameof(DecoderLayer))
    {
        this.config = config;
        var (d, asking, asked) = (config.Width, config.Heads * config.HeadWidth, config.KeyHeads * config.HeadWidth);
        query = Map("self_attn.q_proj", d, asking, config.AttentionBias);
        key = Map("self_attn.k_proj", d, asked, config.AttentionBias);
        value = Map("self_attn.v_proj", d, asked, config.AttentionBias);
        output = Map("self_attn.o_proj", asking, d, config.OutputBias);
        if (config.HasHeadNorms)
            (queryNorm, keyNorm) = (Norm("self_attn.q_norm", config.HeadWidth), Norm("self_attn.k_norm", config.HeadWidth));
        gate = Map("mlp.gate_proj", d, config.Inner, config.InnerBias);
        up = Map("mlp.up_proj", d, config.Inner, config.InnerBias);
        down = Map("mlp.down_proj", config.Inner, d, config.InnerBias);
        attentionNorm = Norm("input_layernorm", d);
        innerNorm = Norm("post_attention_layernorm", d);

        Projection Map(string name, long inputs, long outputs, bool bias) => ModuleTree.Add(this, name, new Projection(weights[name], inputs, outputs, bias));
        RootMeanSquareNorm Norm(string name, long width) => ModuleTree.Add(this, name, new RootMeanSquareNorm(weights[name], width, config.Epsilon));
    }

    /// <summary>x (B, T, d), the rotation of T positions, and a bias broadcast to (B, H, T, T) -> (B, T, d).</summary>
    public Tensor forward(Tensor x, Rotary rotary, RotaryAngles angles, Tensor bias)
    {
        using var scope = NewDisposeScope();
        var normed = attentionNorm.forward(x);
        var q = Attention.SplitHeads(query.forward(normed), config.Heads); // -> (B, H, T, d_h)
        var k = Attention.SplitHeads(key.forward(normed), config.KeyHeads); // -> (B, H', T, d_h)
        var v = Attention.SplitHeads(value.forward(normed), config.KeyHeads);
        q = rotary.Apply(queryNorm?.forward(q) ?? q, angles);
        k = rotary.Apply(keyNorm?.forward(k) ?? k, angles);
        x = x + output.forward(Attention.JoinHeads(Attention.Attend(q, Shared(k), Shared(v), bias)));
        normed = innerNorm.forward(x);
        return (x + down.forward(nn.functional.silu(gate.forward(normed)) * up.forward(normed))).MoveToOuterDisposeScope();
    }

    /// <summary>Each head once for every head that asks it: (B, H', T, d_h) -> (B, H, T, d_h).</summary>
    private Tensor Shared(Tensor heads) =>
        config.KeyHeads == config.Heads ? heads : heads.repeat_interleave(config.Heads / config.KeyHeads, 1);
}
