namespace Cde.Workbench.Corpora;

/// <summary>Finds lines in a memory-mapped file of any size.</summary>
internal static class JsonlLines
{
    /// <summary>The longest line in bytes.</summary>
    public const int MaxLineBytes = 64 << 20;

    /// <summary>Where the first line starts: after a UTF-8 byte order mark, where there is one.</summary>
    /// <exception cref="CdeException">The file is UTF-16.</exception>
    public static long Start(MappedFile file)
    {
        var head = file.Slice(0, (int)Math.Min(3, file.Length));
        if (head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            throw new CdeException($"{file.Path} is UTF-16; convert it to UTF-8 first");
        return head is [0xEF, 0xBB, 0xBF] ? 3 : 0;
    }

    /// <summary>The line that starts at an offset, without its end.</summary>
    public static ReadOnlySpan<byte> At(MappedFile file, long start)
    {
        var window = file.Slice(start, (int)Math.Min(file.Length - start, MaxLineBytes + 1));
        var end = window.IndexOf((byte)'\n');
        if (end < 0 && window.Length > MaxLineBytes)
            throw new CdeException($"{file.Path}: the line at byte {start} has more than {MaxLineBytes} bytes");
        return end < 0 ? window : window[..end];
    }

    /// <summary>The number of the line that starts at an offset, from 1.</summary>
    public static long Number(MappedFile file, long start)
    {
        var lines = 1L;
        for (var offset = 0L; offset < start;)
        {
            var part = file.Slice(offset, (int)Math.Min(start - offset, 1 << 30));
            lines += part.Count((byte)'\n');
            offset += part.Length;
        }

        return lines;
    }
}
