using System.Net;
using Cde.Kernels.Jupyter.Zmtp;
using Cde.Workbench;

namespace Cde.Kernels.Jupyter;

/// <summary>The five sockets of a kernel.</summary>
internal sealed class KernelSockets : IDisposable
{
    private readonly List<ZmtpSocket> _all = [];

    /// <summary>Opens the sockets: all or none.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="settings">Limits, clock and log.</param>
    /// <param name="receivers">What is done with what arrives.</param>
    /// <exception cref="CdeException">A port is taken, or the address not this machine's.</exception>
    public KernelSockets(ConnectionFile connection, KernelSettings settings, Receivers receivers)
    {
        ZmtpEndpoint At(string name, int port) =>
            new(name, new IPEndPoint(connection.Address, port), settings.Log) { Limits = settings.Limits, Time = settings.Time };
        try
        {
            Shell = Open(new RouterSocket(At("shell", connection.ShellPort), receivers.Shell));
            Control = Open(new RouterSocket(At("control", connection.ControlPort), receivers.Control));
            Stdin = Open(new RouterSocket(At("stdin", connection.StdinPort), receivers.Stdin));
            Iopub = Open(new PublisherSocket(At("iopub", connection.IopubPort), receivers.Welcome));
            Open(new EchoSocket(At("hb", connection.HeartbeatPort)));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Requests.</summary>
    public RouterSocket Shell { get; }

    /// <summary>Requests that must not wait for a running cell.</summary>
    public RouterSocket Control { get; }

    /// <summary>Questions to the person at the front end.</summary>
    public RouterSocket Stdin { get; }

    /// <summary>What everybody may see.</summary>
    public PublisherSocket Iopub { get; }

    /// <summary>Begins to accept connections.</summary>
    public void Start() => _all.ForEach(socket => socket.Start());

    /// <summary>Hands over what is queued, all sockets at a time, and closes them.</summary>
    public void Dispose()
    {
        var closing = _all.ConvertAll(socket => new Thread(socket.Dispose) { IsBackground = true, Name = "socket closes" });
        closing.ForEach(thread => thread.Start());
        closing.ForEach(thread => thread.Join());
    }

    private T Open<T>(T socket) where T : ZmtpSocket
    {
        _all.Add(socket);
        return socket;
    }
}

/// <summary>What is done with what arrives, on the connections' own threads.</summary>
/// <param name="Shell">Given a message of the shell socket.</param>
/// <param name="Control">Given a message of the control socket.</param>
/// <param name="Stdin">Given a message of the stdin socket.</param>
/// <param name="Welcome">Makes the message for a new subscription.</param>
internal sealed record Receivers(
    Action<Route, IReadOnlyList<byte[]>> Shell, Action<Route, IReadOnlyList<byte[]>> Control, Action<Route, IReadOnlyList<byte[]>> Stdin,
    Func<byte[], IReadOnlyList<byte[]>> Welcome);
