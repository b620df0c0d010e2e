#if TORCH_SYSTEM
using Cde.Torch.Fused;
using Cde.Workbench.Models.Bert;
using Cde.Workbench.Models.NomicBert;
using TorchSharp;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Layers;

/// <summary>
/// An encoder's layers through <see cref="FusedEncoder"/>: for inference on the CPU, texts padded on the right. Training, other devices and
/// other paddings take the layers one operator at a time, which computes the same up to rounding.
/// </summary>
internal sealed class FusedLayers : IDisposable
{
    private readonly FusedEncoderConfig? config;
    private readonly IReadOnlyList<LayerWeights> layers;
    private FusedEncoder? encoder;
    private nint[] seen = [];

    private FusedLayers(FusedEncoderConfig? config, IReadOnlyList<LayerWeights> layers) => (this.config, this.layers) = (config, layers);

    public static FusedLayers Of(BertConfig config, IEnumerable<LayerWeights> layers) => new(
        new FusedEncoderConfig { Width = config.Width, Heads = config.Heads, Inner = config.Inner, Epsilon = config.Epsilon },
        [.. layers]);

    public static FusedLayers Of(NomicBertConfig config, long rotated, IEnumerable<LayerWeights> layers) => new(
        config.RotaryInterleaved || rotated % 2 != 0 || config.HasExperts ? null : new FusedEncoderConfig
        {
            Width = config.Width,
            Heads = config.Heads,
            Inner = config.StoredInner,
            Epsilon = config.Epsilon,
            IsGated = config.IsGated,
            Rotated = (int)rotated,
            RotaryBase = config.RotaryBase,
            Activation = config.Activation switch
            {
                NomicActivation.SwiGlu => FusedActivation.Silu,
                NomicActivation.Glu => FusedActivation.Sigmoid,
                _ => FusedActivation.Gelu,
            },
        },
        [.. layers]);

    /// <summary>Whether the fused path is for texts padded on the right, on this thread.</summary>
    public bool Applies(ScalarType precision, DeviceType device, bool training) =>
        config is not null && !training && !layers.Any(layer => layer.HasAdapter || layer.IsCompact) && !is_grad_enabled() && device == DeviceType.CPU && FusedInference.IsOn
        && precision is ScalarType.Float32 or ScalarType.BFloat16 && FusedKernels.Chosen(precision == ScalarType.BFloat16) != "off";

    /// <summary>The lengths of the texts under a mask (B, T); null where the fused path is not for this call.</summary>
    /// <param name="x">What the layers would get, (B, T, d).</param>
    /// <param name="mask">(B, T) int64.</param>
    /// <param name="training">Whether the module is training.</param>
    public long[]? Lengths(Tensor x, Tensor mask, bool training)
    {
        if (!Applies(x.dtype, x.device_type, training))
            return null;
        using var scope = NewDisposeScope();
        var bits = mask.to_type(ScalarType.Int64).contiguous().data<long>().ToArray();
        var (lengths, width) = (new long[mask.size(0)], (int)mask.size(1));
        for (var row = 0; row < lengths.Length; row++)
        {
            var attended = bits.AsSpan(row * width, width);
            var end = attended.IndexOf(0);
            lengths[row] = end < 0 ? width : end;
            if (end >= 0 && attended[end..].ContainsAnyExcept(0))
                return null;
        }

        return lengths;
    }

    /// <summary>All layers, as <see cref="FusedEncoder.Run"/>: x (B, T, d) after the norm -> (B, T, d), 0 behind each text.</summary>
    public Tensor Run(Tensor x, long[] lengths, Tensor? shared = null, PrefixState? prefix = null, long unrotated = 0)
    {
        var ready = Ready(x.dtype == ScalarType.BFloat16);
        var packed = prefix?.Packed(ready, () => ready.Pack(prefix.Keys, prefix.Values)) as FusedPrefix;
        return ready.Run(x, lengths, shared, packed, prefix?.Length ?? 0, prefix?.Unrotated ?? unrotated);
    }

    public void Dispose() => encoder?.Dispose();

    /// <summary>The encoder over the present weights: moving a module to another precision makes new tensors, which it must be built on again.</summary>
    private FusedEncoder Ready(bool bfloat16)
    {
        var handles = layers.SelectMany(Maps).Select(map => map.Weight.Handle).Append(bfloat16 ? 1 : 0).ToArray();
        if (encoder is not null && seen.AsSpan().SequenceEqual(handles))
            return encoder;
        encoder?.Dispose();
        encoder = new FusedEncoder(config! with { BFloat16 = bfloat16 }, [.. layers.Select(layer => new FusedLayer(
            [.. layer.QueryKeyValue.Select(Map)], Map(layer.Output), Map(layer.AttentionNorm), Map(layer.Inner),
            layer.Gate is null ? null : Map(layer.Gate), Map(layer.Outer), Map(layer.OutputNorm)))]);
        seen = handles;
        return encoder;
    }

    private static IEnumerable<FusedMap> Maps(LayerWeights layer) =>
        [.. layer.QueryKeyValue.Select(Map), Map(layer.Output), Map(layer.AttentionNorm), Map(layer.Inner), Map(layer.Outer), Map(layer.OutputNorm)];

    private static FusedMap Map(Projection map) => new(map.Weight, map.Bias);

    private static FusedMap Map(Norm norm) => new(norm.Weight, norm.Bias);
}
#endif
