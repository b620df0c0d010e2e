using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Cde.Workbench.Models;

/// <summary>A tensor to write. Its bytes are asked for when its turn comes, so a large set never lies in memory as a whole.</summary>
public sealed class SafetensorsItem
{
    private const int PartLength = 1 << 16; // elements converted at a time

    private readonly Action<Stream> _write;

    private SafetensorsItem(string name, SafetensorsDtype dtype, ReadOnlySpan<long> shape, Action<Stream> write)
    {
        Name = name;
        Dtype = dtype;
        Shape = shape.ToArray();
        _write = write;
        foreach (var size in shape)
            ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(shape));
        Length = SafetensorsHeader.ByteCount(dtype, Shape)
            ?? throw new ArgumentException($"tensor {name}: shape [{string.Join(", ", Shape)}] has more bytes than can be counted");
    }

    /// <summary>Its name, unique within the file.</summary>
    public string Name { get; }

    /// <summary>The type of its elements.</summary>
    public SafetensorsDtype Dtype { get; }

    /// <summary>Its sizes; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>How many bytes it has: shape times element size.</summary>
    public long Length { get; }

    /// <summary>A tensor whose bytes (little-endian, row by row) a callback writes.</summary>
    /// <exception cref="ArgumentException">The shape is negative or too large.</exception>
    public static SafetensorsItem FromWriter(string name, SafetensorsDtype dtype, ReadOnlySpan<long> shape, Action<Stream> write) =>
        new(name, dtype, shape, write);

    /// <summary>A tensor from its bytes, little-endian, row by row.</summary>
    /// <exception cref="ArgumentException">They are not as many as the shape takes.</exception>
    public static SafetensorsItem FromBytes(string name, SafetensorsDtype dtype, ReadOnlySpan<long> shape, ReadOnlyMemory<byte> bytes)
    {
        var item = new SafetensorsItem(name, dtype, shape, stream => stream.Write(bytes.Span));
        return item.Length == bytes.Length
            ? item
            : throw new ArgumentException($"tensor {name}: shape [{string.Join(", ", item.Shape)}] takes {item.Length} bytes, found {bytes.Length}");
    }

    /// <summary>A tensor from floats, stored as F32, F16 or BF16 (rounded to the nearest, ties to even).</summary>
    /// <exception cref="ArgumentException">They are not as many as the shape takes, or the type is another.</exception>
    public static SafetensorsItem FromFloats(
        string name, ReadOnlySpan<long> shape, ReadOnlyMemory<float> values, SafetensorsDtype dtype = SafetensorsDtype.F32)
    {
        if (dtype is not (SafetensorsDtype.F32 or SafetensorsDtype.F16 or SafetensorsDtype.BF16))
            throw new ArgumentException($"tensor {name}: floats are stored as F32, F16 or BF16, not {dtype.ToFileName()}");
        var item = new SafetensorsItem(name, dtype, shape, stream => WriteFloats(stream, values.Span, dtype));
        return item.Length == (long)values.Length * dtype.ElementSize()
            ? item
            : throw new ArgumentException($"tensor {name}: shape [{string.Join(", ", item.Shape)}] does not have {values.Length} elements");
    }

    /// <summary>A tensor of I64 from longs.</summary>
    /// <exception cref="ArgumentException">They are not as many as the shape takes.</exception>
    public static SafetensorsItem FromIntegers(string name, ReadOnlySpan<long> shape, ReadOnlyMemory<long> values)
    {
        var item = new SafetensorsItem(name, SafetensorsDtype.I64, shape, stream => stream.Write(MemoryMarshal.AsBytes(values.Span)));
        return item.Length == (long)values.Length * sizeof(long)
            ? item
            : throw new ArgumentException($"tensor {name}: shape [{string.Join(", ", item.Shape)}] does not have {values.Length} elements");
    }

    /// <summary>Writes the bytes.</summary>
    internal void Write(Stream stream) => _write(stream);

    private static void WriteFloats(Stream stream, ReadOnlySpan<float> values, SafetensorsDtype dtype)
    {
        if (dtype == SafetensorsDtype.F32)
        {
            foreach (var part in Parts(values.Length))
                stream.Write(MemoryMarshal.AsBytes(values[part]));
            return;
        }

        var buffer = new ushort[Math.Min(values.Length, PartLength)];
        foreach (var part in Parts(values.Length))
        {
            var source = values[part];
            var target = buffer.AsSpan(0, source.Length);
            if (dtype == SafetensorsDtype.F16)
                TensorPrimitives.ConvertToHalf(source, MemoryMarshal.Cast<ushort, Half>(target));
            else
                ToBFloat16(source, target);
            stream.Write(MemoryMarshal.AsBytes(target));
        }
    }

    private static IEnumerable<Range> Parts(int length)
    {
        for (var start = 0; start < length; start += PartLength)
            yield return start..Math.Min(length, start + PartLength);
    }

    private static void ToBFloat16(ReadOnlySpan<float> values, Span<ushort> destination)
    {
        for (var index = 0; index < values.Length; index++)
        {
            var bits = BitConverter.SingleToUInt32Bits(values[index]);
            destination[index] = float.IsNaN(values[index])
                ? (ushort)((bits >> 16) | 0x40) // rounding could carry a NaN over into infinity
                : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
        }
    }
}
