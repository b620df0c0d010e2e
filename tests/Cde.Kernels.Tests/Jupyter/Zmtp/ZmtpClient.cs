using System.Net;
using System.Net.Sockets;
using Cde.Kernels.Jupyter.Zmtp;

namespace Cde.Kernels.Tests.Jupyter.Zmtp;

/// <summary>The connecting side of ZMTP, as little of it as tests need. It runs no threads: what is not received waits in the connection.</summary>
internal sealed class ZmtpClient : IDisposable
{
    private readonly ZmtpReader _reader;

    /// <summary>Connects, without a word yet.</summary>
    public ZmtpClient(int port, int receiveBuffer = 0)
    {
        Socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 120_000 };
        if (receiveBuffer > 0)
            Socket.ReceiveBufferSize = receiveBuffer;
        Socket.Connect(IPAddress.Loopback, port);
        Stream = new NetworkStream(Socket, ownsSocket: true);
        _reader = new ZmtpReader(Stream, new ZmtpLimits());
    }

    public Socket Socket { get; }

    public NetworkStream Stream { get; }

    /// <summary>What the other side said it is.</summary>
    public ZmtpProperties? Server { get; private set; }

    /// <summary>Connects and introduces itself; an <see cref="IOException"/> where the other side closes instead of answering.</summary>
    public static ZmtpClient Connect(int port, string type, string identity = "", byte minor = 1, int receiveBuffer = 0)
    {
        var client = new ZmtpClient(port, receiveBuffer);
        client.Greet(minor);
        client.Introduce(type, identity);
        return client;
    }

    /// <summary>Exchanges greetings: the other side has taken the connection.</summary>
    public void Greet(byte minor = 1)
    {
        Stream.Write((ZmtpGreeting.Own with { Minor = minor }).ToBytes());
        Assert.Equal(ZmtpGreeting.Own, _reader.ReadGreeting() ?? throw new EndOfStreamException("closed before its greeting"));
    }

    /// <summary>Says what it is, and hears what the other side is.</summary>
    public void Introduce(string type, string identity = "")
    {
        Send(new ZmtpCommand(ZmtpCommand.Ready, new ZmtpProperties(type, [.. identity.Select(letter => (byte)letter)]).ToData()));
        var ready = Assert.IsType<ZmtpCommand>(Receive() ?? throw new EndOfStreamException("closed before it was ready"));
        if (ready.Name == ZmtpCommand.Ready)
            Server = ZmtpProperties.Read(ready.Data);
    }

    public void Send(params byte[][] frames) => Stream.Write(ZmtpWriter.Message(frames));

    public void Send(ZmtpCommand command) => Stream.Write(ZmtpWriter.Of(command));

    /// <summary>The next item; null where the other side closed.</summary>
    public ZmtpItem? Receive()
    {
        try
        {
            return _reader.Read();
        }
        catch (IOException failure) when (failure.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return null;
        }
    }

    public T Receive<T>() where T : ZmtpItem => Assert.IsType<T>(Receive());

    /// <summary>The next message as texts.</summary>
    public string[] ReceiveTexts() => [.. Receive<ZmtpMessage>().Frames.Select(System.Text.Encoding.UTF8.GetString)];

    public void Dispose() => Stream.Dispose();
}
