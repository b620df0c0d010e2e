using System.Runtime.InteropServices;
using Cde.Workbench.Models;

namespace Cde.Workbench.Embedding;

/// <summary>Bytes on the heap or in a mapped file, addressed alike.</summary>
internal abstract class ByteStore
{
    /// <summary>Some of the bytes, where they lie.</summary>
    public abstract ReadOnlySpan<byte> Slice(long start, int count);

    /// <summary>The bytes of an array.</summary>
    public static ByteStore Of<T>(T[] values)
        where T : unmanaged => new Heap<T>(values);

    /// <summary>The bytes of a tensor in an open file, which stays the caller's.</summary>
    public static ByteStore Of(SafetensorsFile file, string tensor) => new Mapped(file, tensor);

    private sealed class Heap<T>(T[] values) : ByteStore
        where T : unmanaged
    {
        public override unsafe ReadOnlySpan<byte> Slice(long start, int count) => MemoryMarshal.AsBytes(
            values.AsSpan(checked((int)(start / sizeof(T))), count / sizeof(T)));
    }

    private sealed class Mapped(SafetensorsFile file, string tensor) : ByteStore
    {
        public override ReadOnlySpan<byte> Slice(long start, int count) => file.Bytes(tensor, start, count);
    }
}
