using System.Net;
using System.Net.Sockets;
using Cde.Workbench;

namespace Cde.Kernels.Jupyter.Zmtp;

/// <summary>A listening socket and its connections. What is done with messages, the kinds of sockets say.</summary>
/// <remarks>
/// Only what a kernel needs of ZMTP: it listens, it never connects. Nothing that arrives can end it: a violation ends that connection, and
/// an exception in a receiver is told and passed over.
/// </remarks>
internal abstract class ZmtpSocket : IDisposable
{
    // How soon a closing socket's listener notices.
    private const int PollMicroseconds = 100_000;

    private readonly Socket _listener;
    private readonly ZmtpEndpoint _endpoint;
    private readonly Lock _gate = new();
    private ZmtpPeer[] _peers = [];
    private int _connections;
    private int _accepted;
    private volatile bool _isClosed;

    /// <summary>Listens on an address; connections are accepted after <see cref="Start"/>.</summary>
    /// <param name="endpoint">Where.</param>
    /// <exception cref="CdeException">The port is taken, or the address not this machine's.</exception>
    protected ZmtpSocket(ZmtpEndpoint endpoint)
    {
        _endpoint = endpoint;
        var (name, address, _) = endpoint;
        _listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _listener.Bind(address);
            _listener.Listen();
        }
        catch (SocketException failure)
        {
            _listener.Dispose();
            throw new CdeException(
                failure.SocketErrorCode switch
                {
                    SocketError.AddressAlreadyInUse => $"{name}_port {address.Port} on {address.Address} is taken by another program: restart the kernel, which gets other ports",
                    SocketError.AddressNotAvailable => $"ip {address.Address} is no address of this machine: the connection file must name one, 127.0.0.1 as a rule",
                    _ => $"{name}_port {address.Port} on {address.Address} cannot be listened on: {failure.Message}",
                },
                failure);
        }
    }

    /// <summary>The kind of socket that peers are told: <c>ROUTER</c>.</summary>
    public abstract string Type { get; }

    /// <summary>The port it listens on.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>What connections may cost.</summary>
    public ZmtpLimits Limits => _endpoint.Limits;

    /// <summary>The clock.</summary>
    public TimeProvider Time => _endpoint.Time;

    /// <summary>The connections that have introduced themselves, oldest first.</summary>
    public IReadOnlyList<ZmtpPeer> Peers => Volatile.Read(ref _peers);

    /// <summary>Whether a connection is there that has not introduced itself yet.</summary>
    public bool HasNewcomers => Volatile.Read(ref _connections) > Peers.Count;

    /// <summary>Begins to accept connections, on a thread of its own.</summary>
    public void Start() => new Thread(AcceptAll) { IsBackground = true, Name = $"{_endpoint.Name} accepts" }.Start();

    /// <summary>Whether a peer of this kind may connect.</summary>
    public abstract bool Accepts(string peerType);

    /// <summary>A peer has introduced itself.</summary>
    public void Admit(ZmtpPeer peer)
    {
        lock (_gate)
            _peers = [.. _peers, peer];
        if (_isClosed)
            peer.Dispose();
    }

    /// <summary>Something arrived; called on the peer's own thread.</summary>
    public void Receive(ZmtpPeer peer, ZmtpItem item)
    {
        try
        {
            switch (item)
            {
                case ZmtpMessage message: OnMessage(peer, message.Frames); break;
                case ZmtpCommand { Name: ZmtpCommand.Ping } ping: peer.Send(ZmtpWriter.Of(ping.ToPong()), mayWait: false); break;
                case ZmtpCommand { Name: ZmtpCommand.Error }: throw new ZmtpException("the peer ended the conversation with an error");
                case ZmtpCommand command: OnCommand(peer, command); break;
            }
        }
        catch (Exception failure) when (failure is not ZmtpException)
        {
            Complain($"{peer.Name}: {failure.GetType().Name}: {failure.Message}; the message was dropped");
        }
    }

    /// <summary>A connection has ended.</summary>
    public void Remove(ZmtpPeer peer)
    {
        lock (_gate)
            _peers = [.. _peers.Where(other => other != peer)];
        Interlocked.Decrement(ref _connections);
    }

    /// <summary>Tells of something odd.</summary>
    public void Complain(string line) => _endpoint.Log(line);

    /// <summary>Stops listening, hands over what is queued, and ends every connection.</summary>
    public void Dispose()
    {
        if (_isClosed)
            return;
        _isClosed = true;
        var start = Time.GetTimestamp();
        foreach (var peer in Peers)
        {
            var left = Limits.Linger - Time.GetElapsedTime(start);
            peer.Finish(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }

        foreach (var peer in Peers)
            peer.Dispose();
        _listener.Dispose();
    }

    /// <summary>A message arrived; called on the peer's own thread.</summary>
    protected abstract void OnMessage(ZmtpPeer peer, IReadOnlyList<byte[]> frames);

    /// <summary>A command arrived that is not about the connection itself; unknown ones are passed over.</summary>
    protected virtual void OnCommand(ZmtpPeer peer, ZmtpCommand command)
    {
    }

    private void AcceptAll()
    {
        while (!_isClosed)
        {
            try
            {
                if (_listener.Poll(PollMicroseconds, SelectMode.SelectRead))
                    Accept(_listener.Accept());
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException failure) when (!_isClosed)
            {
                // The connection was gone before it was taken, or the process is out of handles: later ones may do better.
                Complain($"{_endpoint.Name}: a connection could not be taken: {failure.Message}");
                Thread.Sleep(PollMicroseconds / 1000);
            }
            catch (SocketException)
            {
                return;
            }
        }
    }

    private void Accept(Socket connection)
    {
        var name = $"{_endpoint.Name} connection {++_accepted}";
        if (Interlocked.Increment(ref _connections) > Limits.Peers)
        {
            Interlocked.Decrement(ref _connections);
            connection.Dispose();
            Complain($"{name}: refused, {Limits.Peers} are open");
            return;
        }

        try
        {
            new ZmtpPeer(connection, name, this).Start();
        }
        catch (SocketException)
        {
            // It left at once.
            Interlocked.Decrement(ref _connections);
            connection.Dispose();
        }
    }
}
