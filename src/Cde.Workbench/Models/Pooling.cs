using static TorchSharp.torch;

namespace Cde.Workbench.Models;

/// <summary>How token vectors become one vector; the flags of a sentence-transformers Pooling module, in the order in which it concatenates.</summary>
[Flags]
public enum PoolingModes
{
    /// <summary>Nothing chosen.</summary>
    None = 0,

    /// <summary>The vector at position 0, padding or not.</summary>
    Cls = 1,

    /// <summary>The largest value of each component over attended tokens.</summary>
    Max = 2,

    /// <summary>The mean over attended tokens.</summary>
    Mean = 4,

    /// <summary>The sum over attended tokens divided by the square root of their number.</summary>
    MeanSqrtLength = 8,

    /// <summary>The mean weighted by position, 1 for the first.</summary>
    WeightedMean = 16,

    /// <summary>The vector of the last attended token.</summary>
    LastToken = 32,
}

/// <summary>Poolings of hidden states (B, T, d) under a mask (B, T) to (B, d); as sentence-transformers, and as <c>cde</c> where the name says so.</summary>
public static class Pooling
{
    /// <summary>The chosen poolings side by side: (B, T, d) -> (B, n d), in the order cls, max, mean, mean_sqrt_len, weightedmean, lasttoken.</summary>
    public static Tensor Apply(PoolingModes modes, Tensor hidden, Tensor mask)
    {
        var parts = Enum.GetValues<PoolingModes>().Where(mode => mode != PoolingModes.None && modes.HasFlag(mode)).Select(mode => mode switch
        {
            PoolingModes.Cls => Cls(hidden),
            PoolingModes.Max => Max(hidden, mask),
            PoolingModes.Mean => Mean(hidden, mask),
            PoolingModes.MeanSqrtLength => MeanSqrtLength(hidden, mask),
            PoolingModes.WeightedMean => WeightedMean(hidden, mask),
            _ => LastToken(hidden, mask),
        }).ToArray();
        return parts.Length == 1 ? parts[0] : cat(parts, -1);
    }

    /// <summary>The vector at position 0.</summary>
    public static Tensor Cls(Tensor hidden) => hidden.select(1, 0);

    /// <summary>Component-wise maximum; a row without attended tokens gives -1e9.</summary>
    public static Tensor Max(Tensor hidden, Tensor mask) => hidden.masked_fill(mask.unsqueeze(-1).eq(0), -1e9).amax(1);

    /// <summary><c>sum(mask h) / max(sum mask, 1e-9)</c>; a row without attended tokens gives 0.</summary>
    public static Tensor Mean(Tensor hidden, Tensor mask) => Sum(hidden, mask) / Count(hidden, mask).clamp_min(1e-9);

    /// <summary><c>sum(mask h) / sqrt(max(sum mask, 1e-9))</c>.</summary>
    public static Tensor MeanSqrtLength(Tensor hidden, Tensor mask) => Sum(hidden, mask) / Count(hidden, mask).clamp_min(1e-9).sqrt();

    /// <summary>Weights 1..T by absolute position, times the mask.</summary>
    public static Tensor WeightedMean(Tensor hidden, Tensor mask)
    {
        var weights = mask * arange(1, mask.size(1) + 1, dtype: mask.dtype, device: mask.device);
        return Mean(hidden, weights);
    }

    /// <summary>The vector of the last attended token; 0 where there is none. <c>cde</c> computes the same.</summary>
    public static Tensor LastToken(Tensor hidden, Tensor mask)
    {
        var place = mask * arange(1, mask.size(1) + 1, dtype: mask.dtype, device: mask.device); // 0 where padded
        var last = place.argmax(1).view(-1, 1, 1).expand(-1, 1, hidden.size(-1)); // (B, 1, d)
        return hidden.gather(1, last).squeeze(1) * mask.amax(1).unsqueeze(-1).to_type(hidden.dtype);
    }

    /// <summary><c>cde</c>'s mean: <c>sum(mask h) / (sum mask + 1e-20)</c>.</summary>
    public static Tensor ContextualMean(Tensor hidden, Tensor mask) => Sum(hidden, mask) / (Count(hidden, mask) + 1e-20);

    /// <summary><c>cde</c>'s weighted mean: weights 1..n over attended tokens only. A row without attended tokens gives NaN, as there.</summary>
    public static Tensor ContextualWeightedMean(Tensor hidden, Tensor mask)
    {
        var weights = mask * mask.cumsum(1);
        return Sum(hidden, weights) / Count(hidden, weights);
    }

    /// <summary>
    /// <c>cde</c>'s several vectors a document: the padded sequence, lengthened with zeros to a multiple of <paramref name="segments"/>, is cut into equal
    /// pieces, each mean-pooled with denominator + 1e-9; a piece without attended tokens takes the plain mean over all positions.
    /// (B, T, d) -> (B, segments, d).
    /// </summary>
    public static Tensor SegmentMeans(Tensor hidden, Tensor mask, long segments)
    {
        var (batch, length, width) = (hidden.size(0), hidden.size(1), hidden.size(2));
        var missing = (segments - length % segments) % segments;
        if (missing > 0)
        {
            hidden = cat([hidden, zeros([batch, missing, width], dtype: hidden.dtype, device: hidden.device)], 1);
            mask = cat([mask, zeros([batch, missing], dtype: mask.dtype, device: mask.device)], 1);
        }

        var everything = hidden.mean([1], keepdim: true); // (B, 1, d)
        var pieces = hidden.reshape(batch, segments, -1, width); // (B, T, d) -> (B, s, T/s, d)
        var weights = mask.reshape(batch, segments, -1, 1).to_type(hidden.dtype); // (B, s, T/s, 1)
        var counts = weights.sum(2); // (B, s, 1)
        var means = (pieces * weights).sum(2) / (counts + 1e-9);
        return where(counts.eq(0), everything, means);
    }

    private static Tensor Sum(Tensor hidden, Tensor weights) => (hidden * weights.unsqueeze(-1).to_type(hidden.dtype)).sum(1);

    private static Tensor Count(Tensor hidden, Tensor weights) => weights.sum(1, keepdim: true).to_type(hidden.dtype);
}
