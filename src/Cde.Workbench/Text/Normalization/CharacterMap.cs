using System.Buffers.Binary;

namespace Cde.Workbench.Text.Normalization;

/// <summary>
/// SentencePiece's precompiled character map: a double array (the form of Darts-clone) from byte sequences to places in a block of texts, each
/// ended by a zero byte. Four bytes of array length, the array, the block.
/// </summary>
internal sealed class CharacterMap
{
    private readonly uint[] _units;
    private readonly byte[] _texts;

    /// <summary>Reads a map.</summary>
    /// <exception cref="FormatException">The array does not fit into the data, or nothing follows it.</exception>
    internal CharacterMap(ReadOnlySpan<byte> data)
    {
        var bytes = data.Length < sizeof(uint) ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(data);
        if (bytes is 0 || bytes % sizeof(uint) != 0 || bytes >= data.Length - sizeof(uint))
            throw new FormatException($"a character map of {data.Length} bytes cannot hold an array of {bytes} bytes and its texts");
        _units = new uint[bytes / sizeof(uint)];
        for (var index = 0; index < _units.Length; index++)
            _units[index] = BinaryPrimitives.ReadUInt32LittleEndian(data[(sizeof(uint) * (index + 1))..]);
        _texts = data[(sizeof(uint) + (int)bytes)..].ToArray();
    }

    /// <summary>Looks up the beginning of a text.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="longest">Whether the longest entry counts, as in SentencePiece, or the shortest, as in the Rust library.</param>
    /// <param name="length">How many bytes the entry has; 0 for none.</param>
    /// <returns>What they become, in UTF-8.</returns>
    internal ReadOnlySpan<byte> Find(ReadOnlySpan<byte> text, bool longest, out int length)
    {
        length = 0;
        var (found, node) = (-1, Offset(_units[0]));
        for (var index = 0; index < text.Length; index++)
        {
            node ^= text[index];
            if (node >= _units.Length || Label(_units[node]) != text[index])
                break;
            var unit = _units[node];
            node ^= Offset(unit);
            if ((unit >> 8 & 1) == 0)
                continue;
            if (node >= _units.Length)
                break;
            (found, length) = ((int)(_units[node] & int.MaxValue), index + 1);
            if (!longest)
                break;
        }

        if (found < 0 || found >= _texts.Length)
        {
            length = 0;
            return default;
        }

        var rest = _texts.AsSpan(found);
        var end = rest.IndexOf((byte)0);
        return end < 0 ? rest : rest[..end];
    }

    private static uint Offset(uint unit) => (unit >> 10) << (int)((unit & 1u << 9) >> 6);

    private static uint Label(uint unit) => unit & (1u << 31 | 0xFF);
}
