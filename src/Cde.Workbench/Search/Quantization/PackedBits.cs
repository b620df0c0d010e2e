using System.Numerics;
using System.Runtime.InteropServices;

namespace Cde.Workbench.Search;

/// <summary>Vectors as bits: whether each component is above 0, eight to a byte, the first the highest bit.</summary>
public static class PackedBits
{
    /// <summary>Bytes of a vector; the bits that are left over in the last are 0.</summary>
    public static int Bytes(int dimension) => (dimension + 7) / 8;

    /// <summary>Packs a vector.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="bits">Takes <see cref="Bytes"/> bytes.</param>
    public static void Pack(ReadOnlySpan<float> vector, Span<byte> bits)
    {
        bits.Clear();
        for (var i = 0; i < vector.Length; i++)
        {
            if (vector[i] > 0)
                bits[i >> 3] |= (byte)(0x80 >> (i & 7));
        }
    }

    /// <summary>In how many bits two packed vectors differ.</summary>
    public static int Hamming(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var distance = 0;
        ReadOnlySpan<ulong> left = MemoryMarshal.Cast<byte, ulong>(a), right = MemoryMarshal.Cast<byte, ulong>(b);
        for (var i = 0; i < left.Length; i++)
            distance += BitOperations.PopCount(left[i] ^ right[i]);
        for (var i = left.Length * 8; i < a.Length; i++)
            distance += BitOperations.PopCount((uint)(a[i] ^ b[i]));
        return distance;
    }

    /// <summary>Whether a bit is set.</summary>
    public static bool IsSet(ReadOnlySpan<byte> bits, int component) => (bits[component >> 3] & (0x80 >> (component & 7))) != 0;
}
