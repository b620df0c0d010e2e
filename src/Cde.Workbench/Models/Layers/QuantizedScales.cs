using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Layers;

/// <summary>
/// The scales of a matrix's blocks in 8 bits each (double quantisation, Dettmers et al. 2023, section 3): their mean is taken off, and what is left is kept as -127 to
/// 127 times a float32 step for each 256 scales. 0.127 bits a weight where 64 weights share a scale, in place of 0.5.
/// </summary>
/// <param name="codes">(S) int8.</param>
/// <param name="steps">(ceil(S / 256)) float32.</param>
/// <param name="mean">The mean of the scales as they were.</param>
internal sealed class QuantizedScales(Tensor codes, Tensor steps, float mean)
{
    /// <summary>Scales that share a step, as in the paper.</summary>
    public const int Block = 256;

    /// <summary>What is kept beside the mean.</summary>
    public IReadOnlyList<(string Name, Tensor Value)> Buffers => [("stored_scales", codes), ("stored_scale_steps", steps)];

    /// <summary>Rounds scales to the nearest.</summary>
    public static QuantizedScales Of(ReadOnlySpan<float> scales, Device device)
    {
        var sum = 0.0;
        foreach (var scale in scales)
            sum += scale;
        var mean = (float)(sum / Math.Max(1, scales.Length));
        var codes = new sbyte[scales.Length];
        var steps = new float[(scales.Length + Block - 1) / Block];
        for (var block = 0; block < steps.Length; block++)
        {
            var own = scales[(block * Block)..Math.Min(scales.Length, (block + 1) * Block)];
            var largest = 0f;
            foreach (var scale in own)
                largest = Math.Max(largest, Math.Abs(scale - mean));
            steps[block] = largest / 127;
            for (var i = 0; i < own.Length; i++)
                codes[(block * Block) + i] = steps[block] == 0 ? (sbyte)0 : (sbyte)Math.Clamp(MathF.Round((own[i] - mean) / steps[block]), -127, 127);
        }

        return new QuantizedScales(tensor(codes, [codes.Length]).to(device), tensor(steps, [steps.Length]).to(device), mean);
    }

    /// <summary>Some of them, on the CPU.</summary>
    public float[] Read(long first, long count)
    {
        var stored = MemoryMarshal.Cast<byte, sbyte>(codes.bytes).Slice((int)first, (int)count);
        var sizes = MemoryMarshal.Cast<byte, float>(steps.bytes);
        var read = new float[count];
        for (var i = 0; i < read.Length; i++)
            read[i] = (stored[i] * sizes[(int)((first + i) / Block)]) + mean;
        return read;
    }

    /// <summary>Some of them by libtorch's operators: (n).</summary>
    public Tensor Read(long first, long count, ScalarType precision)
    {
        var (start, end) = (first / Block, (first + count + Block - 1) / Block);
        var sizes = steps.narrow(0, start, end - start).repeat_interleave(Block).narrow(0, first - (start * Block), count);
        return (codes.narrow(0, first, count).to_type(precision) * sizes.to_type(precision)) + mean;
    }
}
