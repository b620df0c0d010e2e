using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Cde.Workbench.Models.Layers;

/// <summary>Widens stored weights on the CPU: libtorch's own conversions of halves and of unpacked numbers take several times as long there.</summary>
internal static class CompactWidening
{
    /// <summary>float16 (n, K) to float32.</summary>
    public static Tensor Halves(Tensor stored)
    {
        var wide = empty(stored.shape);
        TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(stored.bytes), MemoryMarshal.Cast<byte, float>(wide.bytes));
        return wide;
    }

    /// <summary>4-bit numbers (n, G, 16) and their float16 scales (n, G, 1) to float32 (n, K).</summary>
    public static Tensor FourBits(Tensor stored, Tensor scales, long inputs)
    {
        var (rows, groups) = ((int)stored.size(0), (int)stored.size(1));
        var wide = empty([rows, inputs]);
        var packed = (ReadOnlySpan<byte>)stored.bytes;
        var steps = MemoryMarshal.Cast<byte, Half>(scales.bytes);
        var target = MemoryMarshal.Cast<byte, float>(wide.bytes);
        Span<float> last = stackalloc float[CompactWeight.Group];
        for (var index = 0; index < rows * groups; index++)
        {
            var codes = Vector128.Create(packed.Slice(index * (CompactWeight.Group / 2), CompactWeight.Group / 2));
            var place = target[((index / groups * (int)inputs) + (index % groups * CompactWeight.Group))..];
            var room = (int)Math.Min(CompactWeight.Group, inputs - (index % groups * CompactWeight.Group));
            var whole = room == CompactWeight.Group ? place : last;
            Spread(codes & Vector128.Create((byte)15), (float)steps[index], whole);
            Spread(codes >>> 4, (float)steps[index], whole[(CompactWeight.Group / 2)..]);
            if (room < CompactWeight.Group)
                last[..room].CopyTo(place);
        }

        return wide;
    }

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
