using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Layers;

/// <summary>
/// What an encoder does with <see cref="ContextStatistics"/>: each token gets the vector of its bucket added, and counts in the pooling with the
/// weight of its bucket, <c>exp(w)</c>. Weights start at 0, so that an untrained layer pools as the mean does. Legend: B batch, T tokens, V vocabulary, d width.
/// </summary>
public sealed class StatisticsLayer : nn.Module
{
    private readonly LookupTable embedding;
    private readonly Parameter pooling;

    /// <summary>Takes <c>embedding.weight</c> (buckets, d) and <c>pooling</c> (buckets).</summary>
    public StatisticsLayer(WeightScope weights, long width)
        : base(nameof(StatisticsLayer))
    {
        embedding = ModuleTree.Add(this, "embedding", new LookupTable(weights["embedding"], ContextStatistics.BucketCount, width));
        pooling = weights.Take("pooling", ContextStatistics.BucketCount);
        register_parameter("pooling", pooling);
    }

    /// <summary>What is added to the tokens' embeddings: ids (B, T) int64 and the buckets (V) of the vocabulary -> (B, T, d).</summary>
    public Tensor Embed(Tensor ids, Tensor buckets) => embedding.forward(Of(ids, buckets));

    /// <summary>The weights to pool with: ids and mask (B, T) int64, buckets (V) -> (B, T), 0 where padded.</summary>
    public Tensor Weights(Tensor ids, Tensor mask, Tensor buckets)
    {
        var weights = pooling.index_select(0, Of(ids, buckets).flatten()).view(ids.shape).exp();
        return weights * mask.to_type(weights.dtype);
    }

    private static Tensor Of(Tensor ids, Tensor buckets) => buckets.index_select(0, ids.flatten()).view(ids.shape); // (B, T)
}
