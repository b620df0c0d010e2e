using System.Collections;
using System.Runtime.InteropServices;
using System.Text;

namespace Cde.Workbench.Embedding;

/// <summary>
/// Ids as UTF-8 bytes one after the other and the offset of each, so that a million of them cost no objects. Reading one by position
/// makes its string.
/// </summary>
internal sealed class Utf8IdList : IReadOnlyList<string>
{
    private readonly ByteStore _offsets;
    private readonly ByteStore _bytes;

    /// <param name="offsets">Where each id starts, and where the last one ends: <paramref name="count"/> + 1 little-endian 64-bit numbers.</param>
    /// <param name="bytes">The ids.</param>
    /// <param name="count">How many there are.</param>
    public Utf8IdList(ByteStore offsets, ByteStore bytes, int count) => (_offsets, _bytes, Count) = (offsets, bytes, count);

    public int Count { get; }

    public string this[int index] => Encoding.UTF8.GetString(Bytes(index));

    /// <summary>The ids of a list, on the heap.</summary>
    public static Utf8IdList From(IReadOnlyList<string> ids)
    {
        var offsets = new long[ids.Count + 1];
        for (var i = 0; i < ids.Count; i++)
            offsets[i + 1] = offsets[i] + Encoding.UTF8.GetByteCount(ids[i]);
        var bytes = new byte[checked((int)offsets[^1])];
        for (var i = 0; i < ids.Count; i++)
            Encoding.UTF8.GetBytes(ids[i], bytes.AsSpan((int)offsets[i]));
        return new Utf8IdList(ByteStore.Of(offsets), ByteStore.Of(bytes), ids.Count);
    }

    /// <summary>An id as its bytes, the form that trec_eval orders ties by.</summary>
    public ReadOnlySpan<byte> Bytes(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var ends = MemoryMarshal.Cast<byte, long>(_offsets.Slice((long)index * sizeof(long), 2 * sizeof(long)));
        return _bytes.Slice(ends[0], checked((int)(ends[1] - ends[0])));
    }

    /// <summary>How many bytes all ids have.</summary>
    public long ByteCount => Count == 0 ? 0 : MemoryMarshal.Read<long>(_offsets.Slice((long)Count * sizeof(long), sizeof(long)));

    /// <summary>Writes the offsets.</summary>
    public void WriteOffsets(Stream stream) => Copy(stream, _offsets, (Count + 1L) * sizeof(long));

    /// <summary>Writes the ids.</summary>
    public void WriteBytes(Stream stream) => Copy(stream, _bytes, ByteCount);

    /// <summary>Whether offsets begin at 0, never fall, and end at <paramref name="byteCount"/>.</summary>
    public bool OffsetsAreSound(long byteCount)
    {
        var before = 0L;
        for (var i = 0; i <= Count; i++)
        {
            var offset = MemoryMarshal.Read<long>(_offsets.Slice((long)i * sizeof(long), sizeof(long)));
            if (offset < before || offset > byteCount || offset - before > int.MaxValue || (i == 0 && offset != 0))
                return false;
            before = offset;
        }

        return before == byteCount;
    }

    public IEnumerator<string> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static void Copy(Stream stream, ByteStore bytes, long length)
    {
        const int Chunk = 1 << 16; // a multiple of every element's size
        for (var start = 0L; start < length; start += Chunk)
            stream.Write(bytes.Slice(start, (int)Math.Min(Chunk, length - start)));
    }
}
