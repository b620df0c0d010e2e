using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Cde.Workbench.Models.Layers;

/// <summary>A matrix in 4-bit integers -8 to 7 with a scale for each group of a row, as llama.cpp's Q4_0. The weight of the largest size is -8 times the scale, so that all sixteen numbers are used.</summary>
/// <param name="values">(N, G, 16) uint8: two numbers a byte, the first half of a group in the low bits.</param>
/// <param name="scales">(N, G, 1) float16.</param>
/// <param name="inputs">K.</param>
internal sealed class FourBitWeight(Tensor values, Tensor scales, long inputs) : CompactWeight((values.size(0), inputs))
{
    /// <summary>Weights that share a scale, as in Q4_0.</summary>
    public const int Group = 32;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Buffers => [("stored_weight", values), ("stored_scales", scales)];

    /// <summary>Rounds a float32 matrix to the nearest.</summary>
    public static FourBitWeight Of(Tensor wide)
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

        return new FourBitWeight(
            tensor(packed, [outputs, groups, Group / 2]).to(wide.device),
            tensor(Array.ConvertAll(scales, scale => (float)scale), [outputs, groups, 1]).to_type(ScalarType.Float16).to(wide.device),
            inputs);
    }

    /// <inheritdoc/>
    protected override Tensor WideOnCpu(long first, long count)
    {
        var (rows, groups, width) = ((int)count, (int)values.size(1), (int)Shape.Inputs);
        var wide = empty([count, Shape.Inputs]);
        var packed = (ReadOnlySpan<byte>)values.narrow(0, first, count).bytes;
        var steps = MemoryMarshal.Cast<byte, Half>(scales.narrow(0, first, count).bytes);
        var target = MemoryMarshal.Cast<byte, float>(wide.bytes);
        Span<float> last = stackalloc float[Group];
        for (var index = 0; index < rows * groups; index++)
        {
            var codes = Vector128.Create(packed.Slice(index * (Group / 2), Group / 2));
            var place = target[((index / groups * width) + (index % groups * Group))..];
            var room = Math.Min(Group, width - (index % groups * Group));
            var whole = room == Group ? place : last;
            Spread(codes & Vector128.Create((byte)15), (float)steps[index], whole);
            Spread(codes >>> 4, (float)steps[index], whole[(Group / 2)..]);
            if (room < Group)
                last[..room].CopyTo(place);
        }

        return wide;
    }

    /// <inheritdoc/>
    protected override Tensor WideAnywhere(long first, long count, ScalarType precision)
    {
        var codes = values.narrow(0, first, count).to_type(precision); // (n, G, 16)
        var high = (codes * (1.0 / 16)).floor();
        var low = codes - (high * 16);
        return ((cat([low, high], -1) - 8) * scales.narrow(0, first, count).to_type(precision)).flatten(1).narrow(1, 0, Shape.Inputs); // (n, G, 32) -> (n, K)
    }

    private static int Code(float value, float scale) => scale == 0 ? 8 : Math.Clamp((int)MathF.Round(value / scale) + 8, 0, 15);

    /// <summary>Sixteen codes 0 to 15 as multiples -8 to 7 of a step.</summary>
    private static void Spread(Vector128<byte> codes, float step, Span<float> target)
    {
        var (low, high) = Vector128.Widen(codes);
        var (first, second) = Vector128.Widen(low);
        var (third, fourth) = Vector128.Widen(high);
        Write(first, step, target);
        Write(second, step, target[4..]);
        Write(third, step, target[8..]);
        Write(fourth, step, target[12..]);
    }

    private static void Write(Vector128<uint> codes, float step, Span<float> target) =>
        ((Vector128.ConvertToSingle(codes.AsInt32()) - Vector128.Create(8f)) * step).CopyTo(target);
}
