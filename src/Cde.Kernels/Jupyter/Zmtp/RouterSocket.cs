namespace Cde.Kernels.Jupyter.Zmtp;

/// <summary>Takes messages of many peers and answers each where it came from (ZMTP's ROUTER).</summary>
/// <remarks>
/// An answer goes over the connection that the question came from, so two clients that gave themselves the same name both get theirs.
/// </remarks>
/// <param name="endpoint">Where it listens.</param>
/// <param name="received">Given every message, on its connection's own thread.</param>
internal sealed class RouterSocket(ZmtpEndpoint endpoint, Action<Route, IReadOnlyList<byte[]>> received) : ZmtpSocket(endpoint)
{
    private int _receiving;

    /// <inheritdoc/>
    public override string Type => "ROUTER";

    /// <summary>Messages have arrived that were not handed on yet.</summary>
    public bool HasUnreadInput => Volatile.Read(ref _receiving) > 0 || Peers.Any(peer => peer.HasUnreadInput);

    /// <inheritdoc/>
    public override bool Accepts(string peerType) => peerType is "DEALER" or "REQ" or "ROUTER";

    /// <summary>Sends a message.</summary>
    /// <param name="route">To whom. Where that connection has ended, a newer one of the same name gets it.</param>
    /// <param name="frames">Its frames.</param>
    /// <param name="mayWait">See <see cref="SendQueue.Add"/>.</param>
    /// <returns>False where nobody is there to take it.</returns>
    public bool Send(Route route, IReadOnlyList<byte[]> frames, bool mayWait = true)
    {
        var peers = Peers;
        var peer = peers.Contains(route.Peer) ? route.Peer : Named(peers, route.Peer.Identity);
        return peer is not null && peer.Send(ZmtpWriter.Message(frames), mayWait);
    }

    /// <summary>
    /// The newest connection whose peer has this name: a front end is called the same on every socket of a kernel. A nameless one is found
    /// where it is the only connection.
    /// </summary>
    public Route? Find(byte[] identity)
    {
        var peers = Peers;
        var peer = Named(peers, identity) ?? (identity.Length == 0 && peers.Count == 1 ? peers[0] : null);
        return peer is null ? null : new Route(peer);
    }

    /// <inheritdoc/>
    protected override void OnMessage(ZmtpPeer peer, IReadOnlyList<byte[]> frames)
    {
        Interlocked.Increment(ref _receiving);
        try
        {
            received(new Route(peer), frames);
        }
        finally
        {
            Interlocked.Decrement(ref _receiving);
        }
    }

    private static ZmtpPeer? Named(IReadOnlyList<ZmtpPeer> peers, byte[] identity) =>
        identity.Length == 0 ? null : peers.LastOrDefault(peer => peer.Identity.AsSpan().SequenceEqual(identity));
}

/// <summary>Where a message came from, and where its answer goes.</summary>
/// <param name="Peer">The connection.</param>
internal sealed record Route(ZmtpPeer Peer);
