using System.Formats.Tar;
using System.IO.Compression;

namespace Cde.Workbench.Corpora;

/// <summary>Files of a <c>.tar.gz</c>, read without unpacking it to disk.</summary>
internal static class TarEntries
{
    /// <summary>The largest file that is taken into memory: 64 MiB.</summary>
    private const long MaxBytes = 64 << 20;

    /// <summary>The files in the order in which they stand.</summary>
    /// <exception cref="CdeException">The archive is damaged, or a file in it is too large.</exception>
    public static IEnumerable<(string Name, byte[] Content)> Read(string path, CancellationToken cancellationToken)
    {
        using var file = File.OpenRead(path);
        using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        using var tar = new TarReader(unpacked);
        while (Next(path, tar) is { } entry)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile && entry.DataStream is not null)
                yield return (entry.Name, Content(path, entry));
        }
    }

    private static TarEntry? Next(string path, TarReader tar)
    {
        try
        {
            return tar.GetNextEntry();
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or FormatException)
        {
            throw new CdeException($"{path} is damaged: {failure.Message}", failure);
        }
    }

    private static byte[] Content(string path, TarEntry entry)
    {
        if (entry.Length > MaxBytes)
            throw new CdeException($"{path}: {entry.Name} has {entry.Length} bytes, more than {MaxBytes}");
        try
        {
            var content = new byte[entry.Length];
            entry.DataStream!.ReadExactly(content);
            return content;
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException)
        {
            throw new CdeException($"{path}: {entry.Name} is damaged: {failure.Message}", failure);
        }
    }
}
