using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.NomicBert;

/// <summary>One post-norm NomicBERT layer, in the steps that the encoder combines: project, attend (outside), finish.</summary>
internal sealed class NomicBertLayer : nn.Module
{
    private readonly NomicBertConfig config;
    private readonly Projection queryKeyValue;
    private readonly Projection output;
    private readonly Projection? inner;
    private readonly Projection? gate;
    private readonly Projection? outer;
    private readonly MixtureOfExperts? experts;
    private readonly Norm norm1;
    private readonly Norm norm2;

    /// <param name="config">Sizes and switches.</param>
    /// <param name="weights">Of this layer.</param>
    /// <param name="isMixture">Whether the feed-forward part is a mixture of experts.</param>
    public NomicBertLayer(NomicBertConfig config, WeightScope weights, bool isMixture)
        : base(nameof(NomicBertLayer))
    {
        this.config = config;
        var (d, hidden, mlp) = (config.Width, config.StoredInner, weights["mlp"]);
        var first = config.IsGated ? "fc11" : "fc1";
        queryKeyValue = ModuleTree.Add(this, "attn.Wqkv", new Projection(weights["attn"]["Wqkv"], d, 3 * d, config.AttentionBias));
        output = ModuleTree.Add(this, "attn.out_proj", new Projection(weights["attn"]["out_proj"], d, d, config.AttentionBias));
        if (isMixture)
        {
            experts = ModuleTree.Add(this, "mlp", new MixtureOfExperts(config, mlp));
        }
        else
        {
            inner = ModuleTree.Add(this, "mlp." + first, new Projection(mlp[first], d, hidden, config.Inner1Bias));
            gate = config.IsGated ? ModuleTree.Add(this, "mlp.fc12", new Projection(mlp["fc12"], d, hidden, config.Inner1Bias)) : null;
            outer = ModuleTree.Add(this, "mlp.fc2", new Projection(mlp["fc2"], hidden, d, config.Inner2Bias));
        }

        norm1 = ModuleTree.Add(this, "norm1", new Norm(weights["norm1"], d, config.Epsilon));
        norm2 = ModuleTree.Add(this, "norm2", new Norm(weights["norm2"], d, config.Epsilon));
    }

    /// <summary>The layer's maps; null of a mixture of experts, which has others.</summary>
    public LayerWeights? Weights => inner is null || outer is null ? null : new([queryKeyValue], output, norm1, inner, gate, outer, norm2);

    /// <summary>Queries, keys and values side by side: (B, T, d) -> (B, T, 3d).</summary>
    public Tensor Project(Tensor x) => queryKeyValue.forward(x);

    /// <summary>(B, T, 3d) -> rotated queries and keys, and values, each (B, H, T, d/H).</summary>
    public (Tensor Query, Tensor Key, Tensor Value) Heads(Tensor projected, Rotary rotary, RotaryAngles angles)
    {
        var parts = projected.chunk(3, -1);
        return (
            rotary.Apply(Attention.SplitHeads(parts[0], config.Heads), angles),
            rotary.Apply(Attention.SplitHeads(parts[1], config.Heads), angles),
            Attention.SplitHeads(parts[2], config.Heads));
    }

    /// <summary>Output projection, residual, norm, feed-forward, residual, norm: attended (B, H, T, d/H) and residual (B, T, d) -> (B, T, d).</summary>
    /// <param name="attended">What the attention gives.</param>
    /// <param name="residual">What entered the layer.</param>
    /// <param name="places">Where tokens stand among the positions (B T), which experts compute alone: (N) int64; null for all.</param>
    public Tensor Finish(Tensor attended, Tensor residual, Tensor? places)
    {
        var x = norm1.forward(Drop(output.forward(Attention.JoinHeads(attended)), config.ResidualDropout) + residual);
        return norm2.forward((experts is null ? Drop(FeedForward(x), config.ResidualDropout) : Drop(experts.forward(x, places), config.ExpertDropout)) + x);
    }

    private Tensor FeedForward(Tensor x)
    {
        var first = inner!.forward(x);
        return outer!.forward(config.Activation switch
        {
            NomicActivation.SwiGlu => first * nn.functional.silu(gate!.forward(x)),
            NomicActivation.GeGlu => first * nn.functional.gelu(gate!.forward(x)),
            NomicActivation.Glu => first * gate!.forward(x).sigmoid(),
            _ => nn.functional.gelu(first),
        });
    }

    private Tensor Drop(Tensor x, double probability) => probability == 0 ? x : nn.functional.dropout(x, probability, training);
}
