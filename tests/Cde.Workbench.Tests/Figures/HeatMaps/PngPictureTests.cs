using System.Buffers.Binary;
using System.IO.Compression;
using Cde.Workbench.Figures;

namespace Cde.Workbench.Tests.Figures;

public sealed class PngPictureTests
{
    [Fact]
    public void Pixels_come_back_from_the_file()
    {
        byte[] pixels = [.. Enumerable.Range(0, 3 * 5 * 3).Select(value => (byte)(value * 7))];

        var png = PngPicture.Encode(pixels, width: 5, height: 3);

        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(33));
        Assert.Equal("IDAT"u8, png.AsSpan(37, 4));
        using var zlib = new ZLibStream(new MemoryStream(png, 41, length), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        zlib.CopyTo(rows);
        byte[] read = [.. rows.ToArray().Chunk(16).SelectMany(row => row.Skip(1))];
        Assert.Equal(pixels, read);
    }

    [Fact]
    public void The_last_chunk_has_the_check_that_the_format_states() =>
        Assert.Equal([0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82], PngPicture.Encode(new byte[3], 1, 1)[^12..]);
}
