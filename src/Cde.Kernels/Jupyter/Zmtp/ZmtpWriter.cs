using System.Buffers.Binary;

namespace Cde.Kernels.Jupyter.Zmtp;

/// <summary>Writes commands and messages as the octets that go over a connection.</summary>
internal static class ZmtpWriter
{
    private const byte More = 1;
    private const byte Long = 2;
    private const byte Command = 4;
    private const int ShortLength = 255;

    /// <summary>The octets of a message.</summary>
    /// <param name="frames">Its frames, at least one.</param>
    public static byte[] Message(IReadOnlyList<byte[]> frames)
    {
        var octets = new byte[frames.Sum(frame => (long)HeadLength(frame) + frame.Length)];
        var position = 0;
        for (var i = 0; i < frames.Count; i++)
            position = Write(octets, position, i < frames.Count - 1 ? More : (byte)0, frames[i]);
        return octets;
    }

    /// <summary>The octets of a command.</summary>
    public static byte[] Of(ZmtpCommand command)
    {
        var body = command.ToBody();
        var octets = new byte[HeadLength(body) + body.Length];
        Write(octets, 0, Command, body);
        return octets;
    }

    private static int HeadLength(byte[] body) => body.Length > ShortLength ? 9 : 2;

    private static int Write(byte[] octets, int position, byte flags, byte[] body)
    {
        if (body.Length > ShortLength)
        {
            octets[position] = (byte)(flags | Long);
            BinaryPrimitives.WriteInt64BigEndian(octets.AsSpan(position + 1), body.Length);
        }
        else
        {
            octets[position] = flags;
            octets[position + 1] = (byte)body.Length;
        }

        position += HeadLength(body);
        body.CopyTo(octets, position);
        return position + body.Length;
    }
}
