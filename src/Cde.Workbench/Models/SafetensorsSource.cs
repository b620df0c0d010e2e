using System.Buffers.Binary;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Cde.Workbench.Models;

/// <summary>Named tensors to read: one safetensors file, or a set of them. Reading is safe from several threads.</summary>
public abstract class SafetensorsSource : IDisposable
{
    /// <summary>The file, or the index file of a set.</summary>
    public abstract string Path { get; }

    /// <summary>The tensors by name, in the order of their data.</summary>
    public abstract IReadOnlyDictionary<string, SafetensorsEntry> Entries { get; }

    /// <summary>The texts that the writer put beside the tensors.</summary>
    public abstract IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Part of a tensor's bytes, without a copy; valid until disposal.</summary>
    /// <exception cref="CdeException">There is no such tensor.</exception>
    public abstract ReadOnlySpan<byte> Bytes(string name, long offset, int count);

    /// <summary>A tensor's bytes, without a copy; valid until disposal.</summary>
    /// <exception cref="CdeException">There is no such tensor, or it has more than 2 GiB (read it in parts).</exception>
    public ReadOnlySpan<byte> Bytes(string name)
    {
        var entry = Entry(name);
        return entry.Length <= int.MaxValue
            ? Bytes(name, 0, (int)entry.Length)
            : throw new CdeException($"{Path}: tensor {name} has {entry.Length} bytes; more than {int.MaxValue} must be read in parts");
    }

    /// <summary>A tensor's place and type.</summary>
    /// <exception cref="CdeException">There is no such tensor; the message offers the nearest names.</exception>
    public SafetensorsEntry Entry(string name) =>
        Entries.TryGetValue(name, out var entry)
            ? entry
            : throw new CdeException($"{Path} has no tensor {name}; {NearestNames.Suggest(name, Entries.Keys)}");

    /// <summary>A tensor's place and type, with its shape checked.</summary>
    /// <param name="name">The tensor.</param>
    /// <param name="shape">The sizes it must have; -1 for any.</param>
    /// <exception cref="CdeException">There is no such tensor, or its shape differs; the message has both shapes.</exception>
    public SafetensorsEntry Expect(string name, params ReadOnlySpan<long> shape)
    {
        var entry = Entry(name);
        var fits = entry.Shape.Count == shape.Length;
        for (var axis = 0; fits && axis < shape.Length; axis++)
            fits = shape[axis] == -1 || shape[axis] == entry.Shape[axis];
        if (fits)
            return entry;
        var expected = string.Join(", ", shape.ToArray().Select(size => size == -1 ? "any" : $"{size}"));
        throw new CdeException($"{Path}: tensor {name} has shape [{string.Join(", ", entry.Shape)}], expected [{expected}]");
    }

    /// <summary>A tensor of F16, BF16, F32 or F64 as floats, row by row.</summary>
    /// <exception cref="CdeException">There is no such tensor, or it has another type.</exception>
    public float[] Floats(string name)
    {
        var values = new float[CheckedCount(name)];
        CopyFloats(name, values);
        return values;
    }

    /// <summary>Copies a tensor of F16, BF16, F32 or F64 as floats.</summary>
    /// <param name="name">The tensor.</param>
    /// <param name="destination">As many floats as it has elements.</param>
    /// <exception cref="CdeException">There is no such tensor, it has another type, or another number of elements.</exception>
    public void CopyFloats(string name, Span<float> destination)
    {
        var entry = Entry(name);
        if (entry.ElementCount != destination.Length)
            throw new CdeException($"{Path}: tensor {name} has {entry.ElementCount} elements, expected {destination.Length}");
        const int Chunk = 1 << 24; // elements: a chunk's bytes stay within an int
        for (var done = 0; done < destination.Length;)
        {
            var count = Math.Min(Chunk, destination.Length - done);
            var size = entry.Dtype.ElementSize();
            Convert(entry, Bytes(name, (long)done * size, count * size), destination.Slice(done, count));
            done += count;
        }
    }

    /// <summary>A tensor of whole numbers or booleans as longs, row by row.</summary>
    /// <exception cref="CdeException">There is no such tensor, it has another type, or a U64 value beyond a long.</exception>
    public long[] Integers(string name)
    {
        var entry = Entry(name);
        var values = new long[CheckedCount(name)];
        var bytes = Bytes(name);
        var size = entry.Dtype.ElementSize();
        for (var index = 0; index < values.Length; index++)
            values[index] = Integer(entry, bytes.Slice(index * size, size));
        return values;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the files.</summary>
    /// <param name="disposing">Always true: there is no finalizer.</param>
    protected abstract void Dispose(bool disposing);

    private int CheckedCount(string name)
    {
        var count = Entry(name).ElementCount;
        return count <= Array.MaxLength
            ? (int)count
            : throw new CdeException($"{Path}: tensor {name} has {count} elements; an array holds at most {Array.MaxLength}: read it in parts");
    }

    private void Convert(SafetensorsEntry entry, ReadOnlySpan<byte> bytes, Span<float> destination)
    {
        switch (entry.Dtype)
        {
            case SafetensorsDtype.F32:
                bytes.CopyTo(MemoryMarshal.AsBytes(destination));
                break;
            case SafetensorsDtype.F64:
                TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, double>(bytes), destination);
                break;
            case SafetensorsDtype.F16:
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(bytes), destination);
                break;
            case SafetensorsDtype.BF16:
                FromBFloat16(MemoryMarshal.Cast<byte, ushort>(bytes), destination);
                break;
            default:
                throw new CdeException($"{Path}: tensor {entry.Name} is {entry.Dtype.ToFileName()}; expected F16, BF16, F32 or F64");
        }
    }

    // A bfloat16 is the upper half of the float of the same value.
    private static void FromBFloat16(ReadOnlySpan<ushort> halves, Span<float> destination)
    {
        var bits = MemoryMarshal.Cast<float, uint>(destination);
        var index = 0;
        for (; index + Vector<ushort>.Count <= halves.Length; index += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(halves[index..]), out var low, out var high);
            (low << 16).CopyTo(bits[index..]);
            (high << 16).CopyTo(bits[(index + Vector<uint>.Count)..]);
        }

        for (; index < halves.Length; index++)
            bits[index] = (uint)halves[index] << 16;
    }

    private long Integer(SafetensorsEntry entry, ReadOnlySpan<byte> bytes) => entry.Dtype switch
    {
        SafetensorsDtype.Bool or SafetensorsDtype.U8 => bytes[0],
        SafetensorsDtype.I8 => (sbyte)bytes[0],
        SafetensorsDtype.I16 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        SafetensorsDtype.U16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        SafetensorsDtype.I32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        SafetensorsDtype.U32 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        SafetensorsDtype.I64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        SafetensorsDtype.U64 when BinaryPrimitives.ReadUInt64LittleEndian(bytes) is <= long.MaxValue and var value => (long)value,
        SafetensorsDtype.U64 => throw new CdeException($"{Path}: tensor {entry.Name} has a U64 value beyond {long.MaxValue}"),
        _ => throw new CdeException($"{Path}: tensor {entry.Name} is {entry.Dtype.ToFileName()}; expected whole numbers"),
    };
}
