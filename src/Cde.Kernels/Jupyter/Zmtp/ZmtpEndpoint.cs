using System.Net;

namespace Cde.Kernels.Jupyter.Zmtp;

/// <summary>Where a socket listens, and what it needs for it.</summary>
/// <param name="Name">What messages call the socket, as the connection file does: <c>shell</c>.</param>
/// <param name="Address">Where; port 0 takes any free one.</param>
/// <param name="Log">Told, from any thread, of connections that were closed for a reason.</param>
internal sealed record ZmtpEndpoint(string Name, IPEndPoint Address, Action<string> Log)
{
    /// <summary>What connections may cost.</summary>
    public ZmtpLimits Limits { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
