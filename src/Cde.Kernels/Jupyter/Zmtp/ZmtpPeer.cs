using System.Net.Sockets;

namespace Cde.Kernels.Jupyter.Zmtp;

/// <summary>
/// One connection: a thread that reads and a thread that writes what is queued. Neither is a pool thread, so that code in a cell which
/// keeps the whole pool busy does not silence the kernel.
/// </summary>
internal sealed class ZmtpPeer : IDisposable
{
    private const int StackBytes = 256 << 10;

    private readonly Socket _socket;
    private readonly ZmtpSocket _owner;
    private readonly NetworkStream _stream;
    private readonly ZmtpReader _reader;
    private readonly SendQueue _queue;
    private int _isClosed;

    /// <summary>A connection that was just accepted.</summary>
    /// <param name="socket">The connection.</param>
    /// <param name="name">How messages call it.</param>
    /// <param name="owner">The socket it belongs to.</param>
    public ZmtpPeer(Socket socket, string name, ZmtpSocket owner)
    {
        _socket = socket;
        _owner = owner;
        Name = name;
        _socket.NoDelay = true;
        _stream = new NetworkStream(socket, ownsSocket: false);
        _reader = new ZmtpReader(_stream, owner.Limits);
        _queue = new SendQueue(owner.Limits, owner.Time);
        Subscriptions = new SubscriptionSet(owner.Limits.Subscriptions);
    }

    /// <summary>How messages call it: the socket and a number.</summary>
    public string Name { get; }

    /// <summary>The name it gave itself; empty where it gave none.</summary>
    public byte[] Identity { get; private set; } = [];

    /// <summary>What it wants to hear, guarded by itself.</summary>
    public SubscriptionSet Subscriptions { get; }

    /// <summary>Octets have arrived that were not read yet.</summary>
    public bool HasUnreadInput
    {
        get
        {
            try
            {
                return _reader.HasBuffered || _socket.Available > 0;
            }
            catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
            {
                return false;
            }
        }
    }

    /// <summary>Greets, then reads until the peer leaves, all on a thread of its own.</summary>
    public void Start() => new Thread(Live, StackBytes) { IsBackground = true, Name = $"{Name} reads" }.Start();

    /// <summary>Queues octets for the peer; a peer that cannot take them is dropped.</summary>
    /// <param name="octets">A whole message or command.</param>
    /// <param name="mayWait">See <see cref="SendQueue.Add"/>.</param>
    public bool Send(byte[] octets, bool mayWait)
    {
        if (_queue.Add(octets, mayWait))
            return true;
        if (_queue.HasGivenUp)
            _owner.Complain($"{Name}: dropped, it did not read for {_owner.Limits.Patience.TotalSeconds:0} s");
        Dispose();
        return false;
    }

    /// <summary>Waits until the peer was handed everything, then says that nothing follows.</summary>
    public void Finish(TimeSpan atMost)
    {
        if (!_queue.WaitUntilWritten(atMost))
            return;
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // The peer left first.
        }
    }

    /// <summary>Ends the connection; both threads end.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0)
            return;
        _queue.Close();
        _stream.Dispose();
        _socket.Dispose();
    }

    private void Live()
    {
        try
        {
            if (!Greet())
                return;
            new Thread(Write, StackBytes) { IsBackground = true, Name = $"{Name} writes" }.Start();
            _owner.Admit(this);
            while (_reader.Read() is { } item)
                _owner.Receive(this, item);
        }
        catch (ZmtpException violation)
        {
            _owner.Complain($"{Name}: {violation.Message}; the connection was closed");
        }
        catch (Exception failure) when (failure is IOException or SocketException or ObjectDisposedException)
        {
            // It left without a word, as clients that are killed do.
        }
        finally
        {
            _owner.Remove(this);
            Dispose();
        }
    }

    /// <summary>Exchanges greetings and introductions; false where the peer only looked whether someone listens.</summary>
    private bool Greet()
    {
        _socket.ReceiveTimeout = _socket.SendTimeout = (int)_owner.Limits.Handshake.TotalMilliseconds;

        // libzmq sends ten octets and waits: the whole greeting goes first from here.
        _stream.Write(ZmtpGreeting.Own.ToBytes());
        if (_reader.ReadGreeting() is null)
            return false;
        _stream.Write(ZmtpWriter.Of(new ZmtpCommand(ZmtpCommand.Ready, new ZmtpProperties(_owner.Type, []).ToData())));
        if (_reader.Read() is not { } first)
            return false;
        if (first is not ZmtpCommand { Name: ZmtpCommand.Ready } ready)
            throw new ZmtpException("the peer did not introduce itself");
        var properties = ZmtpProperties.Read(ready.Data);
        if (!_owner.Accepts(properties.SocketType))
        {
            byte[] reason = [.. "Invalid socket type"u8];
            _stream.Write(ZmtpWriter.Of(new ZmtpCommand(ZmtpCommand.Error, [(byte)reason.Length, .. reason])));
            throw new ZmtpException($"the peer's kind of socket does not go with {_owner.Type}");
        }

        Identity = properties.Identity;
        _socket.ReceiveTimeout = _socket.SendTimeout = 0;
        return true;
    }

    private void Write()
    {
        try
        {
            while (_queue.Take() is { } octets)
            {
                for (var sent = 0; sent < octets.Length;)
                    sent += _socket.Send(octets.AsSpan(sent));
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            Dispose();
        }
    }
}
