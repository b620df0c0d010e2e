using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Cde.Workbench.Models.Layers;

/// <summary>
/// A matrix in 4-bit <see cref="NormalFloat"/> with a scale for each block of a row, the largest size in it, and the scales in 8 bits (<see cref="QuantizedScales"/>):
/// 0.516 bytes a weight.
/// </summary>
/// <param name="values">(N, ceil(K / 2)) uint8: two codes a byte.</param>
/// <param name="scales">Of the blocks, row by row.</param>
/// <param name="inputs">K.</param>
internal sealed class NormalFloatWeight(Tensor values, QuantizedScales scales, long inputs) : CompactWeight((values.size(0), inputs))
{
    private const int Half = NormalFloat.Block / 2;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Buffers => [("stored_weight", values), .. scales.Buffers];

    /// <summary>Blocks of a row; the last one may be shorter.</summary>
    private long Blocks => BlocksOf(Shape.Inputs);

    /// <summary>Rounds a float32 matrix to the nearest levels.</summary>
    public static NormalFloatWeight Of(Tensor wide)
    {
        var (outputs, inputs) = ((int)wide.size(0), (int)wide.size(1));
        var (blocks, bytes) = ((int)BlocksOf(inputs), (inputs + 1) / 2);
        var onCpu = wide.cpu().contiguous();
        var source = MemoryMarshal.Cast<byte, float>(onCpu.bytes);
        var packed = new byte[(long)outputs * bytes];
        var largest = new float[(long)outputs * blocks];
        for (var index = 0; index < largest.Length; index++)
        {
            var (row, start) = (index / blocks, index % blocks * NormalFloat.Block);
            var block = source.Slice((row * inputs) + start, Math.Min(NormalFloat.Block, inputs - start));
            largest[index] = Math.Abs(TensorPrimitives.MaxMagnitude(block));
            for (var i = 0; i < block.Length; i += 2)
                packed[(row * bytes) + ((start + i) / 2)] = (byte)((Code(block[i], largest[index]) << 4) | (i + 1 < block.Length ? Code(block[i + 1], largest[index]) : NormalFloat.Zero));
        }

        return new NormalFloatWeight(tensor(packed, [outputs, bytes]).to(wide.device), QuantizedScales.Of(largest, wide.device), inputs);
    }

    /// <inheritdoc/>
    protected override Tensor WideOnCpu(long first, long count)
    {
        var (width, blocks, bytes) = ((int)Shape.Inputs, (int)Blocks, (int)values.size(1));
        var wide = empty([count, Shape.Inputs]);
        var packed = (ReadOnlySpan<byte>)values.narrow(0, first, count).bytes;
        var sizes = scales.Read(first * Blocks, count * Blocks);
        var target = MemoryMarshal.Cast<byte, float>(wide.bytes);
        Span<float> last = stackalloc float[NormalFloat.Block];
        for (var index = 0; index < sizes.Length; index++)
        {
            var (row, block) = (index / blocks, index % blocks);
            var codes = packed.Slice((row * bytes) + (block * Half), Math.Min(Half, bytes - (block * Half)));
            var place = target.Slice((row * width) + (block * NormalFloat.Block), Math.Min(NormalFloat.Block, width - (block * NormalFloat.Block)));
            if (place.Length == NormalFloat.Block)
            {
                NormalFloat.Spread(codes, sizes[index], place);
                continue;
            }

            NormalFloat.Spread(codes, sizes[index], last[..(codes.Length * 2)]);
            last[..place.Length].CopyTo(place);
        }

        return wide;
    }

    /// <inheritdoc/>
    protected override Tensor WideAnywhere(long first, long count, ScalarType precision)
    {
        var codes = values.narrow(0, first, count).flatten().to_type(ScalarType.Int64);
        var levels = tensor(NormalFloat.Pairs, [256, 2]).to(values.device).index_select(0, codes).to_type(precision).view(count, -1); // (n ceil(K / 2), 2) -> (n, K), or K + 1
        var sizes = scales.Read(first * Blocks, count * Blocks, precision).view(count, Blocks).repeat_interleave(NormalFloat.Block, 1); // (n, blocks) -> (n, 64 blocks)
        return levels.narrow(1, 0, Shape.Inputs) * sizes.narrow(1, 0, Shape.Inputs);
    }

    private static long BlocksOf(long inputs) => (inputs + NormalFloat.Block - 1) / NormalFloat.Block;

    private static int Code(float value, float largest) => largest == 0 ? NormalFloat.Zero : NormalFloat.Code(value / largest);
}
