using static TorchSharp.torch;

namespace Cde.Torch.Fused;

/// <summary>A linear map's weight (out, in) and, where it has one, bias (out).</summary>
public readonly record struct FusedMap(Tensor Weight, Tensor? Bias);

/// <summary>The weights of one post-norm layer. They stay the caller's; the encoder reads them again when they have changed.</summary>
/// <param name="QueryKeyValue">One map (3d, d), or query, key and value maps (d, d).</param>
/// <param name="Output">The attention's output map (d, d).</param>
/// <param name="AttentionNorm">Weight and bias (d).</param>
/// <param name="Inner">(f, d).</param>
/// <param name="Gate">(f, d); null where there is no gate.</param>
/// <param name="Outer">(d, f).</param>
/// <param name="OutputNorm">Weight and bias (d).</param>
public sealed record FusedLayer(
    IReadOnlyList<FusedMap> QueryKeyValue, FusedMap Output, FusedMap AttentionNorm, FusedMap Inner, FusedMap? Gate, FusedMap Outer, FusedMap OutputNorm)
{
    /// <summary>In the order of the native side.</summary>
    internal IEnumerable<Tensor?> InOrder()
    {
        for (var i = 0; i < 3; i++)
            yield return i < QueryKeyValue.Count ? QueryKeyValue[i].Weight : null;
        for (var i = 0; i < 3; i++)
            yield return i < QueryKeyValue.Count ? QueryKeyValue[i].Bias : null;
        foreach (var map in (FusedMap?[])[Output, AttentionNorm, Inner, Gate, Outer, OutputNorm])
        {
            yield return map?.Weight;
            yield return map?.Bias;
        }
    }
}
