namespace Cde.Kernels.Jupyter.Zmtp;

/// <summary>Sends every message back as it came: the heartbeat (ZMTP's REP). It runs on the connections' own threads.</summary>
/// <param name="endpoint">Where it listens.</param>
internal sealed class EchoSocket(ZmtpEndpoint endpoint) : ZmtpSocket(endpoint)
{
    /// <inheritdoc/>
    public override string Type => "REP";

    /// <inheritdoc/>
    public override bool Accepts(string peerType) => peerType is "REQ" or "DEALER";

    /// <inheritdoc/>
    protected override void OnMessage(ZmtpPeer peer, IReadOnlyList<byte[]> frames) => peer.Send(ZmtpWriter.Message(frames), mayWait: true);
}
