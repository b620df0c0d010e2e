namespace Cde.Workbench.Models.Hub;

/// <summary>A part of a file as a stream to send.</summary>
/// <param name="path">The file.</param>
/// <param name="start">Where the part begins.</param>
/// <param name="length">Its bytes.</param>
/// <param name="moved">Called whenever some are taken.</param>
internal sealed class FilePart(string path, long start, long length, Action moved) : Stream
{
    private readonly FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read) { Position = start };

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => file.Position - start;
        set => file.Position = start + value;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        moved();
        return file.Read(buffer[..(int)Math.Min(buffer.Length, length - Position)]);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        moved();
        return file.ReadAsync(buffer[..(int)Math.Min(buffer.Length, length - Position)], cancellationToken);
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => Position + offset, _ => length + offset };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        file.Dispose();
        base.Dispose(disposing);
    }
}
