using static TorchSharp.torch;

namespace Cde.Workbench.Models.Layers;

/// <summary>Softmax attention over all heads at once.</summary>
public static class Attention
{
    /// <summary>Added to the score of a key that must not be seen. Finite, so that a row without any key stays a number.</summary>
    private const float Hidden = -1e9f;

    /// <summary>A bias of 0 for seen keys and a very negative number for padded ones: mask (B, T) -> (B, 1, 1, T).</summary>
    public static Tensor KeyBias(Tensor mask, ScalarType precision) => Bias(mask, precision).unsqueeze(1).unsqueeze(1);

    /// <summary>A bias that hides the keys which a query must not see for where they stand: (1, 1, T, T).</summary>
    /// <param name="length">T.</param>
    /// <param name="before">How many keys in front of its own a query sees.</param>
    /// <param name="after">How many keys behind its own a query sees; 0 in decoders.</param>
    /// <param name="like">Gives device and precision.</param>
    public static Tensor BandBias(long length, long before, long after, Tensor like)
    {
        using var scope = NewDisposeScope();
        var seen = ones([length, length], device: like.device).triu(-Math.Min(before, length)).tril(Math.Min(after, length));
        return Bias(seen, like.dtype).view(1, 1, length, length).MoveToOuterDisposeScope();
    }

    /// <summary>As <see cref="KeyBias"/>, in the shape of the mask.</summary>
    public static Tensor Bias(Tensor mask, ScalarType precision) => ((1 - mask.to_type(ScalarType.Float32)) * Hidden).to_type(precision);

    /// <summary>(B, T, d) -> (B, H, T, d/H).</summary>
    public static Tensor SplitHeads(Tensor x, long heads) => x.unflatten(-1, [heads, x.size(-1) / heads]).transpose(1, 2);

    /// <summary>(B, H, T, d/H) -> (B, T, d).</summary>
    public static Tensor JoinHeads(Tensor x) => x.transpose(1, 2).flatten(2);

    /// <summary>
    /// <c>softmax(s q k^T + bias) v</c>: q (B, H, Tq, d/H), k and v (B, H, T, d/H), bias broadcast to (B, H, Tq, T) -> (B, H, Tq, d/H).
    /// </summary>
    /// <param name="q">Queries.</param>
    /// <param name="k">Keys.</param>
    /// <param name="v">Values.</param>
    /// <param name="bias">Added to the scores; null for nothing.</param>
    /// <param name="scale">s; 1 / sqrt(d/H) where null, and 1 in T5.</param>
    public static Tensor Attend(Tensor q, Tensor k, Tensor v, Tensor? bias, double? scale = null)
    {
        var scores = matmul(q * (scale ?? Scale(q)), k.transpose(-2, -1)); // (B, H, Tq, T)
        if (bias is not null)
            scores = scores + bias;
        return matmul(scores.softmax(-1), v);
    }

    /// <summary>
    /// Attention over a shared prefix and the text itself, without copying the prefix per text: prefix keys and values (H, P, d/H) are met by
    /// all texts' queries in one product per head.
    /// </summary>
    /// <param name="q">(B, H, T, d/H)</param>
    /// <param name="prefixKeys">(H, P, d/H)</param>
    /// <param name="prefixValues">(H, P, d/H)</param>
    /// <param name="k">(B, H, T, d/H)</param>
    /// <param name="v">(B, H, T, d/H)</param>
    /// <param name="bias">(B, 1, 1, T), for the text's own keys; null where nothing is padded.</param>
    /// <returns>(B, H, T, d/H)</returns>
    public static Tensor AttendWithPrefix(Tensor q, Tensor prefixKeys, Tensor prefixValues, Tensor k, Tensor v, Tensor? bias)
    {
        var (batch, heads, length, width) = (q.size(0), q.size(1), q.size(2), q.size(3));
        var prefix = prefixKeys.size(1);
        var scaled = q * Scale(q);
        var own = matmul(scaled, k.transpose(-2, -1)); // (B, H, T, T)
        if (bias is not null)
            own = own + bias;
        var rows = scaled.transpose(0, 1).reshape(heads, batch * length, width); // (H, B*T, d/H)
        var shared = bmm(rows, prefixKeys.transpose(1, 2)) // (H, B*T, P)
            .view(heads, batch, length, prefix).transpose(0, 1); // -> (B, H, T, P)
        var weights = cat([shared, own], -1).softmax(-1); // (B, H, T, P+T)
        var fromPrefix = bmm(
            weights.narrow(-1, 0, prefix).transpose(0, 1).reshape(heads, batch * length, prefix),
            prefixValues) // (H, B*T, d/H)
            .view(heads, batch, length, width).transpose(0, 1);
        return fromPrefix + matmul(weights.narrow(-1, prefix, length), v);
    }

    private static double Scale(Tensor q) => 1.0 / Math.Sqrt(q.size(-1));
}
