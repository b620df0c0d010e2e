namespace Cde.Kernels.Jupyter.Zmtp;

/// <summary>What a connection may cost. Any program on the machine can connect, so each number has a bound.</summary>
internal sealed record ZmtpLimits
{
    /// <summary>The largest message taken, all frames together, in bytes. A notebook's widest request is a cell with pasted data.</summary>
    public long MessageBytes { get; init; } = 256L << 20;

    /// <summary>Frames a message may have: the identities, the delimiter, the six parts of a Jupyter message, its buffers.</summary>
    public int MessageFrames { get; init; } = 1024;

    /// <summary>The largest command taken, in bytes.</summary>
    public int CommandBytes { get; init; } = 64 << 10;

    /// <summary>Connections a socket holds at a time; each costs two threads.</summary>
    public int Peers { get; init; } = 128;

    /// <summary>Subscriptions a peer may hold.</summary>
    public int Subscriptions { get; init; } = 1024;

    /// <summary>Bytes that wait for a peer to read them before senders wait too.</summary>
    public long QueuedBytes { get; init; } = 64L << 20;

    /// <summary>How long a sender waits for a full queue to make room; then the peer is dropped.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a new connection may take to introduce itself (libzmq's own default).</summary>
    public TimeSpan Handshake { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a closing socket waits for its peers to take what is queued.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(1);
}
