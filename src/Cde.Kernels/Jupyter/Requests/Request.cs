using Cde.Kernels.Jupyter.Zmtp;

namespace Cde.Kernels.Jupyter;

/// <summary>A message of a front end that the kernel has to deal with, and what is known of it while it does.</summary>
/// <param name="message">The message.</param>
/// <param name="socket">The socket that it came over; the reply goes back there.</param>
/// <param name="route">The connection that it came over.</param>
internal sealed class Request(JupyterMessage message, RouterSocket socket, Route route)
{
    private int _isFinished;

    /// <summary>The message.</summary>
    public JupyterMessage Message { get; } = message;

    /// <summary>The socket that it came over.</summary>
    public RouterSocket Socket { get; } = socket;

    /// <summary>The connection that it came over.</summary>
    public Route Route { get; } = route;

    /// <summary>Its header as it came: the parent of everything said on its behalf.</summary>
    public byte[] Parent => Message.Header.Raw;

    /// <summary>The shell that deals with it; null on the control channel.</summary>
    public Shell? Shell { get; init; }

    /// <summary>What its cell shows, while a cell runs.</summary>
    public CellOutput? Output { get; set; }

    /// <summary>Done when its reply is out.</summary>
    public Action? AfterReply { get; set; }

    /// <summary>Claims the right to reply: true for the first caller alone.</summary>
    public bool TryFinish() => Interlocked.Exchange(ref _isFinished, 1) == 0;
}
