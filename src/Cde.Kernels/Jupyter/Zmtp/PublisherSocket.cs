namespace Cde.Kernels.Jupyter.Zmtp;

/// <summary>Sends messages to every peer that subscribed to the beginning of their first frame (ZMTP's XPUB).</summary>
/// <param name="endpoint">Where it listens.</param>
/// <param name="welcome">Makes the message that greets a new subscription, from its prefix; its frames begin with the topic.</param>
internal sealed class PublisherSocket(ZmtpEndpoint endpoint, Func<byte[], IReadOnlyList<byte[]>> welcome) : ZmtpSocket(endpoint)
{
    private const byte SubscribeMark = 1;
    private const byte CancelMark = 0;

    /// <inheritdoc/>
    public override string Type => "XPUB";

    /// <inheritdoc/>
    public override bool Accepts(string peerType) => peerType is "SUB" or "XSUB";

    /// <summary>Sends a message to those who want it; waits for slow readers as <see cref="SendQueue.Add"/> says.</summary>
    /// <param name="frames">The topic, then the rest.</param>
    public void Publish(IReadOnlyList<byte[]> frames)
    {
        byte[]? octets = null;
        foreach (var peer in Peers)
        {
            bool isWanted;
            lock (peer.Subscriptions)
                isWanted = peer.Subscriptions.Matches(frames[0]);
            if (isWanted)
                peer.Send(octets ??= ZmtpWriter.Message(frames), mayWait: true);
        }
    }

    /// <summary>A 3.0 peer subscribes by messages: a mark, then the prefix.</summary>
    protected override void OnMessage(ZmtpPeer peer, IReadOnlyList<byte[]> frames)
    {
        if (frames.Count != 1 || frames[0].Length == 0)
            return;
        switch (frames[0][0])
        {
            case SubscribeMark: Subscribe(peer, frames[0][1..]); break;
            case CancelMark: Cancel(peer, frames[0][1..]); break;
        }
    }

    /// <summary>A 3.1 peer subscribes by commands.</summary>
    protected override void OnCommand(ZmtpPeer peer, ZmtpCommand command)
    {
        switch (command.Name)
        {
            case ZmtpCommand.Subscribe: Subscribe(peer, command.Data); break;
            case ZmtpCommand.Cancel: Cancel(peer, command.Data); break;
        }
    }

    private void Subscribe(ZmtpPeer peer, byte[] prefix)
    {
        // Under the lock, so that no other message reaches the subscription before its welcome.
        lock (peer.Subscriptions)
        {
            peer.Subscriptions.Add(prefix);
            peer.Send(ZmtpWriter.Message(welcome(prefix)), mayWait: false);
        }
    }

    private static void Cancel(ZmtpPeer peer, byte[] prefix)
    {
        lock (peer.Subscriptions)
            peer.Subscriptions.Remove(prefix);
    }
}
