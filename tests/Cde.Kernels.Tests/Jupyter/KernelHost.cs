using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Cde.Kernels.Cells;
using Cde.Kernels.Jupyter;
using Cde.Testing;

namespace Cde.Kernels.Tests.Jupyter;

/// <summary>A kernel in this process, over a scripted engine, on a connection file that clients can be given.</summary>
internal sealed class KernelHost : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Thread _waiting;

    public KernelHost(Func<INotebookEngine>? engine = null, Func<KernelSettings, KernelSettings>? settings = null, string key = "a-key")
    {
        Connection = FreePorts(key);
        File = _folder.Write("kernel.json", new JsonObject
        {
            ["transport"] = "tcp",
            ["ip"] = "127.0.0.1",
            ["shell_port"] = Connection.ShellPort,
            ["control_port"] = Connection.ControlPort,
            ["stdin_port"] = Connection.StdinPort,
            ["iopub_port"] = Connection.IopubPort,
            ["hb_port"] = Connection.HeartbeatPort,
            ["key"] = key,
            ["signature_scheme"] = "hmac-sha256",
            ["kernel_name"] = "scripted",
        }.ToJsonString());
        var given = new KernelSettings { HistoryFolder = _folder["history"], Log = Log.Enqueue };
        Kernel = new JupyterKernel(ConnectionFile.Read(File), engine ?? (() => Engine), settings?.Invoke(given) ?? given);
        Kernel.Start();
        _waiting = new Thread(() =>
        {
            Kernel.WaitForStop();
            Kernel.Dispose();
        })
        { IsBackground = true };
        _waiting.Start();
    }

    public ScriptedEngine Engine { get; } = new();

    public JupyterKernel Kernel { get; }

    public ConnectionFile Connection { get; }

    /// <summary>The connection file.</summary>
    public string File { get; }

    public string HistoryFolder => _folder["history"];

    public ConcurrentQueue<string> Log { get; } = new();

    /// <summary>Whether a front end ended the kernel.</summary>
    public bool HasEnded(TimeSpan atMost) => _waiting.Join(atMost);

    public void Dispose()
    {
        Kernel.Stop();
        Assert.True(_waiting.Join(TimeSpan.FromSeconds(120)), "the kernel does not end");
        _folder.Dispose();
    }

    /// <summary>Five ports that were free a moment ago.</summary>
    public static ConnectionFile FreePorts(string key)
    {
        var probes = Enumerable.Range(0, 5).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        Array.ForEach(probes, probe => probe.Start());
        var ports = probes.Select(probe => ((IPEndPoint)probe.LocalEndpoint).Port).ToArray();
        Array.ForEach(probes, probe => probe.Dispose());
        return new ConnectionFile(IPAddress.Loopback, ports[0], ports[1], ports[2], ports[3], ports[4], [.. key.Select(letter => (byte)letter)]);
    }
}
