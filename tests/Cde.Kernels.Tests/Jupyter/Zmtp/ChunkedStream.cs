namespace Cde.Kernels.Tests.Jupyter.Zmtp;

/// <summary>Octets that arrive in pieces, as a network's do.</summary>
internal sealed class ChunkedStream(byte[] octets, int pieceSize) : MemoryStream(octets, writable: false)
{
    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, pieceSize)]);

    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, pieceSize));
}
