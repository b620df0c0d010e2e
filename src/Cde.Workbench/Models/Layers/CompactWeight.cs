using TorchSharp;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Layers;

/// <summary>
/// A matrix (N, K) of weights in fewer bytes than it is computed in. A product widens some of its rows at a time, so that the wide form never lies in memory as a
/// whole; the numbers that go in stay as they are (weight-only quantisation). Rounded to the nearest, the largest weight of a scale exactly representable.
/// </summary>
/// <param name="values">float16 (N, K), int8 (N, K), or uint8 (N, G, 16): two 4-bit numbers a byte, the first half of a group in the low bits.</param>
/// <param name="scales">What a stored number is multiplied by: (N, 1), or (N, G, 1) with 4 bits; null for float16.</param>
/// <param name="shape">N and K.</param>
internal sealed class CompactWeight(Tensor values, Tensor? scales, (long Outputs, long Inputs) shape)
{
    /// <summary>Weights that share a scale with 4 bits, as in llama.cpp's Q4_0.</summary>
    public const int Group = 32;

    /// <summary>Weights widened at a time: a megabyte of float32, which stays in a core's cache until it is multiplied.</summary>
    private const long Block = 1 << 18;

    public Tensor Values { get; } = values;

    public Tensor? Scales { get; } = scales;

    /// <summary>N and K.</summary>
    public (long Outputs, long Inputs) Shape { get; } = shape;

    /// <summary>Rounds a matrix (N, K); it stays the caller's.</summary>
    public static CompactWeight Of(Tensor weight, WeightStorage storage)
    {
        using var mode = no_grad();
        using var scope = NewDisposeScope();
        var wide = weight.detach().to_type(ScalarType.Float32);
        var shape = (wide.size(0), wide.size(1));
        var (values, scales) = storage switch
        {
            WeightStorage.Float16 => (wide.to_type(ScalarType.Float16), null),
            WeightStorage.Int8 => Bytes(wide),
            WeightStorage.Int4 => Halves(wide),
            _ => throw new ArgumentOutOfRangeException(nameof(storage)),
        };
        return new CompactWeight(values.DetachFromDisposeScope(), scales?.DetachFromDisposeScope(), shape);
    }

    /// <summary><c>x W^T + b</c>: (..., K) -> (..., N).</summary>
    public Tensor Linear(Tensor x, Tensor? bias)
    {
        using var scope = NewDisposeScope();
        var rows = Math.Max(1, Block / Shape.Inputs);
        var parts = new List<Tensor>();
        for (var first = 0L; first < Shape.Outputs; first += rows)
        {
            using var inner = NewDisposeScope();
            var count = Math.Min(rows, Shape.Outputs - first);
            parts.Add(nn.functional.linear(x, Wide(first, count, x.dtype), bias?.narrow(0, first, count).to_type(x.dtype)).MoveToOuterDisposeScope());
        }

        return (parts.Count == 1 ? parts[0] : cat(parts, -1)).MoveToOuterDisposeScope();
    }

    /// <summary>Rows by their numbers: (n) int64 -> (n, K). Not with 4 bits.</summary>
    public Tensor Rows(Tensor ids, ScalarType precision)
    {
        using var scope = NewDisposeScope();
        var found = Values.index_select(0, ids).to_type(precision);
        return (Scales is null ? found : found * Scales.index_select(0, ids).to_type(precision)).MoveToOuterDisposeScope();
    }

    private Tensor Wide(long first, long count, ScalarType precision)
    {
        var part = Values.narrow(0, first, count);
        var isOnCpu = Values.device_type == DeviceType.CPU && precision == ScalarType.Float32;
        if (Scales is null)
            return isOnCpu ? CompactWidening.Halves(part) : part.to_type(precision);
        var scale = Scales.narrow(0, first, count);
        if (part.dim() == 2)
            return part.to_type(precision) * scale;
        if (isOnCpu)
            return CompactWidening.FourBits(part, scale, Shape.Inputs);
        var codes = part.to_type(precision); // (n, G, 16)
        var high = (codes * (1.0 / 16)).floor();
        var low = codes - (high * 16);
        return ((cat([low, high], -1) - 8) * scale.to_type(precision)).flatten(1).narrow(1, 0, Shape.Inputs); // (n, G, 32) -> (n, K)
    }

    private static (Tensor Values, Tensor Scales) Bytes(Tensor wide)
    {
        var scales = (wide.abs().amax([1L], keepdim: true) / 127.0) + 1e-30; // a row of zeros must not divide by zero
        return ((wide / scales).round().to_type(ScalarType.Int8), scales);
    }

    /// <summary>The weight of the largest size becomes -8 times the scale, so that all sixteen numbers are used.</summary>
    private static (Tensor Values, Tensor Scales) Halves(Tensor wide)
    {
        var (outputs, inputs) = ((int)wide.size(0), (int)wide.size(1));
        var groups = (inputs + Group - 1) / Group;
        var source = wide.cpu().contiguous().data<float>().ToArray();
        var packed = new byte[(long)outputs * groups * (Group / 2)];
        var scales = new Half[(long)outputs * groups];
        var group = new float[Group];
        for (var index = 0; index < scales.Length; index++)
        {
            var (row, start) = (index / groups, index % groups * Group);
            Array.Clear(group);
            source.AsSpan((row * inputs) + start, Math.Min(Group, inputs - start)).CopyTo(group);
            var extreme = 0f;
            foreach (var value in group)
                extreme = Math.Abs(value) > Math.Abs(extreme) ? value : extreme;
            scales[index] = (Half)(extreme / -8);
            var scale = (float)scales[index];
            for (var i = 0; i < Group / 2; i++)
                packed[(index * (Group / 2)) + i] = (byte)(Code(group[i], scale) | (Code(group[i + (Group / 2)], scale) << 4));
        }

        return (
            tensor(packed, [outputs, groups, Group / 2]).to(wide.device),
            tensor(Array.ConvertAll(scales, scale => (float)scale), [outputs, groups, 1]).to_type(ScalarType.Float16).to(wide.device));
    }

    private static int Code(float value, float scale) => scale == 0 ? 8 : Math.Clamp((int)MathF.Round(value / scale) + 8, 0, 15);
}
