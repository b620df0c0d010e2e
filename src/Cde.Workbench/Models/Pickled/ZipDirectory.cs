using System.Buffers.Binary;
using System.Text;

namespace Cde.Workbench.Models.Pickled;

/// <summary>
/// Where the files of a zip archive lie, for archives whose files are stored as they are (as torch.save writes them), so that they can be read in place.
/// Zip64 included. What is compressed, encrypted, split or reaches beyond the file is refused.
/// </summary>
internal static class ZipDirectory
{
    private const uint LocalHeader = 0x04034b50, CentralHeader = 0x02014b50, End = 0x06054b50, End64 = 0x06064b50, Locator64 = 0x07064b50;
    private const int EndSize = 22, LocatorSize = 20, MaxComment = ushort.MaxValue, MaxEntries = 1_000_000;

    /// <summary>Offset and length of each file.</summary>
    /// <exception cref="CdeException">It is no such archive.</exception>
    public static Dictionary<string, (long Offset, long Length)> Read(MappedFile file)
    {
        var (start, count) = FindDirectory(file);
        var entries = new Dictionary<string, (long, long)>(StringComparer.Ordinal);
        for (var i = 0L; i < count; i++)
        {
            var header = Slice(file, start, 46);
            if (U32(header, 0) != CentralHeader)
                throw Refuse(file, $"entry {i} of its directory has no header");
            var (nameLength, extraLength, commentLength) = (U16(header, 28), U16(header, 30), U16(header, 32));
            var name = Encoding.UTF8.GetString(Slice(file, start + 46, nameLength));
            var (packed, length, local) = Sizes(file, header, Slice(file, start + 46 + nameLength, extraLength));
            if (U16(header, 10) != 0 || (U16(header, 8) & 1) != 0 || packed != length)
                throw Refuse(file, $"{PickleMachine.Shown(name)} is compressed or encrypted");
            var place = Slice(file, local, 30);
            if (U32(place, 0) != LocalHeader)
                throw Refuse(file, $"{PickleMachine.Shown(name)} is not where the directory says");
            var data = local + 30 + U16(place, 26) + U16(place, 28);
            if (data > file.Length || length > file.Length - data)
                throw Refuse(file, $"{PickleMachine.Shown(name)} reaches beyond its end");
            if (!entries.TryAdd(name, (data, length)))
                throw Refuse(file, $"it has two files {PickleMachine.Shown(name)}");
            start += 46 + nameLength + extraLength + commentLength;
        }

        return entries;
    }

    private static (long Start, long Count) FindDirectory(MappedFile file)
    {
        for (var at = file.Length - EndSize; at >= Math.Max(0, file.Length - EndSize - MaxComment); at--)
        {
            var end = file.Slice(at, EndSize);
            if (U32(end, 0) != End || at + EndSize + U16(end, 20) != file.Length)
                continue;
            var (count, start) = ((long)U16(end, 10), (long)U32(end, 16));
            if (at >= LocatorSize && U32(file.Slice(at - LocatorSize, LocatorSize), 0) == Locator64)
            {
                var end64 = Slice(file, I64(file, file.Slice(at - LocatorSize, LocatorSize), 8), 56);
                if (U32(end64, 0) != End64)
                    throw Refuse(file, "the end of its directory is not where it says");
                (count, start) = (I64(file, end64, 32), I64(file, end64, 48));
            }

            return count <= MaxEntries ? (start, count) : throw Refuse(file, $"it has {count} files; at most {MaxEntries} are read");
        }

        throw Refuse(file, "it has no directory of its files; it was cut off, or is no zip archive");
    }

    /// <summary>Sizes and place of an entry; those that do not fit into 32 bits stand in the extra field 1, in this order.</summary>
    private static (long Packed, long Length, long Local) Sizes(MappedFile file, ReadOnlySpan<byte> header, ReadOnlySpan<byte> extra)
    {
        long packed = U32(header, 20), length = U32(header, 24), local = U32(header, 42);
        while (extra.Length >= 4)
        {
            var size = U16(extra, 2);
            if (size > extra.Length - 4)
                throw Refuse(file, "an entry of its directory is damaged");
            var field = extra.Slice(4, size);
            if (U16(extra, 0) == 1)
            {
                length = Wide(file, length, ref field);
                packed = Wide(file, packed, ref field);
                local = Wide(file, local, ref field);
            }

            extra = extra[(4 + size)..];
        }

        return (packed, length, local);
    }

    private static long Wide(MappedFile file, long value, ref ReadOnlySpan<byte> field)
    {
        if (value != uint.MaxValue)
            return value;
        if (field.Length < 8)
            throw Refuse(file, "an entry of its directory is damaged");
        var wide = I64(file, field, 0);
        field = field[8..];
        return wide;
    }

    private static ReadOnlySpan<byte> Slice(MappedFile file, long offset, int count) =>
        offset >= 0 && offset <= file.Length - count ? file.Slice(offset, count) : throw Refuse(file, "its directory reaches beyond its end");

    private static int U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long I64(MappedFile file, ReadOnlySpan<byte> bytes, int at) =>
        BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]) is >= 0 and var value and < long.MaxValue / 2 ? value : throw Refuse(file, "its directory is damaged");

    private static CdeException Refuse(MappedFile file, string what) => new($"{file.Path}: {what}; refused. {PickledWeights.WayOut}");
}
