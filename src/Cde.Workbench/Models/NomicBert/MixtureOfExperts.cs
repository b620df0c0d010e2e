using Cde.Workbench.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.NomicBert;

/// <summary>
/// A feed-forward part of E experts of which each token passes k (Shazeer et al. 2017; as nomic-embed-text-v2-moe computes it): <c>sum_e p_e w2_e^T gelu(w1_e x) + b</c> over
/// the k experts of the highest probability, <c>p = softmax(W x)</c> over all E. The tokens of an expert are multiplied together, and padding is left out.
/// </summary>
internal sealed class MixtureOfExperts : nn.Module
{
    private readonly NomicBertConfig config;
    private readonly RouterMap scores;
    private readonly ExpertMaps maps;
    private readonly SharedBias offset;

    public MixtureOfExperts(NomicBertConfig config, WeightScope weights)
        : base(nameof(MixtureOfExperts))
    {
        this.config = config;
        scores = ModuleTree.Add(this, "router.layer", new RouterMap(weights["router"]["layer"], config));
        offset = ModuleTree.Add(this, "experts", new SharedBias(weights["experts"], config));
        maps = ModuleTree.Add(this, "experts.mlp", new ExpertMaps(weights["experts"]["mlp"], config.Experts, config.Width, config.Inner));
    }

    /// <summary>(B, T, d) -> (B, T, d); of padded positions, the bias.</summary>
    /// <param name="x">What the attention's norm gives.</param>
    /// <param name="places">Where tokens stand among the positions (B T): (N) int64; null for all.</param>
    public Tensor forward(Tensor x, Tensor? places)
    {
        var all = x.reshape(-1, config.Width); // (B, T, d) -> (B T, d)
        if (places is null || places.size(0) == all.size(0))
            return offset.Added(Mixed(all)).reshape(x.shape);
        var mixed = zeros_like(all);
        if (places.size(0) > 0)
            mixed = mixed.index_add(0, places, Mixed(all.index_select(0, places)), 1);
        return offset.Added(mixed).reshape(x.shape);
    }

    /// <summary>Tokens (N, d) -> (N, d).</summary>
    private Tensor Mixed(Tensor tokens)
    {
        var (count, top) = (tokens.size(0), config.ExpertsPerToken);
        var probabilities = scores.Probabilities(tokens); // (N, E)
        var values = Values(probabilities);
        var routes = ExpertRoutes.Of(values, config.Experts, top);
        RouterWatch.Saw(probabilities, values, routes.Counts);
        var weights = probabilities.gather(1, tensor(routes.Chosen, [count, top], device: tokens.device)); // (N, k)
        if (config.NormalisesExperts)
            weights = weights / weights.sum([1L], keepdim: true);
        var outputs = maps.forward(tokens.index_select(0, tensor(routes.Tokens, [count * top], device: tokens.device)), routes.Counts); // (N k, d)
        var own = outputs.index_select(0, tensor(routes.Places, [count * top], device: tokens.device)).reshape(count, top, config.Width);
        return (own * weights.to_type(tokens.dtype).unsqueeze(-1)).sum([1L]); // (N, k, d) -> (N, d)
    }

    private static float[] Values(Tensor probabilities)
    {
        using var scope = NewDisposeScope();
        return probabilities.detach().cpu().contiguous().data<float>().ToArray();
    }

    /// <summary>The router, without a bias: (N, d) -> (N, E).</summary>
    private sealed class RouterMap : nn.Module
    {
        private readonly Parameter weight;

        public RouterMap(WeightScope weights, NomicBertConfig config)
            : base(nameof(RouterMap))
        {
            weight = weights.Take("weight", config.Experts, config.Width);
            register_parameter("weight", weight);
        }

        /// <summary>In float32 whatever the layers compute in: what is rounded here sends a token to another expert (Fedus et al. 2021, 2.4).</summary>
        public Tensor Probabilities(Tensor tokens) => nn.functional.linear(tokens.to_type(ScalarType.Float32), weight.to_type(ScalarType.Float32)).softmax(-1);
    }

    /// <summary>The bias that all experts share: (N, d) -> (N, d).</summary>
    private sealed class SharedBias : nn.Module
    {
        private readonly Parameter bias;

        public SharedBias(WeightScope weights, NomicBertConfig config)
            : base(nameof(SharedBias))
        {
            bias = weights.Take("bias", config.Width);
            register_parameter("bias", bias);
        }

        public Tensor Added(Tensor x) => x + (bias.dtype == x.dtype ? bias : bias.to_type(x.dtype));
    }
}
