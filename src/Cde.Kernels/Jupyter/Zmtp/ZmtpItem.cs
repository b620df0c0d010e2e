using System.Text;

namespace Cde.Kernels.Jupyter.Zmtp;

/// <summary>What a connection carries after the greeting.</summary>
internal abstract record ZmtpItem;

/// <summary>A message of one or more frames.</summary>
/// <param name="Frames">The frames' bodies.</param>
internal sealed record ZmtpMessage(IReadOnlyList<byte[]> Frames) : ZmtpItem;

/// <summary>A command: something that peers say to each other about the connection.</summary>
/// <param name="Name">Its name, such as <c>READY</c>.</param>
/// <param name="Data">What follows the name.</param>
internal sealed record ZmtpCommand(string Name, byte[] Data) : ZmtpItem
{
    /// <summary>Introduces a side, with its properties.</summary>
    public const string Ready = "READY";

    /// <summary>Ends a connection with a reason.</summary>
    public const string Error = "ERROR";

    /// <summary>Asks for a sign of life: two octets of time, then a context to be sent back.</summary>
    public const string Ping = "PING";

    /// <summary>The sign of life.</summary>
    public const string Pong = "PONG";

    /// <summary>Asks for messages that begin with the data.</summary>
    public const string Subscribe = "SUBSCRIBE";

    /// <summary>Takes a subscription back.</summary>
    public const string Cancel = "CANCEL";

    /// <summary>Reads the body of a command frame.</summary>
    /// <exception cref="ZmtpException">It has no name.</exception>
    public static ZmtpCommand Read(ReadOnlySpan<byte> body)
    {
        if (body.Length == 0 || body[0] == 0 || body.Length < 1 + body[0])
            throw new ZmtpException("the peer sent a command without a name");
        return new ZmtpCommand(Encoding.ASCII.GetString(body.Slice(1, body[0])), body[(1 + body[0])..].ToArray());
    }

    /// <summary>The body of the command's frame.</summary>
    public byte[] ToBody() => [(byte)Name.Length, .. Encoding.ASCII.GetBytes(Name), .. Data];

    /// <summary>The answer to a PING: the same context.</summary>
    /// <exception cref="ZmtpException">The PING is too short, or its context longer than 16 octets.</exception>
    public ZmtpCommand ToPong() => Data.Length is >= 2 and <= 18
        ? new ZmtpCommand(Pong, Data[2..])
        : throw new ZmtpException("the peer sent a malformed PING");
}
