using System.Diagnostics;
using System.Text.Json.Nodes;
using Cde.Testing;

namespace Cde.Kernels.Tests.Jupyter;

/// <summary><c>kernel run</c> as a process of its own, killed at the end.</summary>
internal sealed class KernelProcess : IDisposable
{
    private readonly Process _process;

    public KernelProcess(TemporaryFolder folder)
    {
        var connection = KernelHost.FreePorts("a-key");
        ConnectionFile = folder.Write("process.json", new JsonObject
        {
            ["transport"] = "tcp",
            ["ip"] = "127.0.0.1",
            ["shell_port"] = connection.ShellPort,
            ["control_port"] = connection.ControlPort,
            ["stdin_port"] = connection.StdinPort,
            ["iopub_port"] = connection.IopubPort,
            ["hb_port"] = connection.HeartbeatPort,
            ["key"] = "a-key",
            ["signature_scheme"] = "hmac-sha256",
        }.ToJsonString());
        var start = new ProcessStartInfo(Host, [Program, "kernel", "run", ConnectionFile]) { RedirectStandardError = true };
        start.Environment["CDE_CACHE"] = folder["process-cache"];
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, _) => { }; // read, so that it never fills
        _process.BeginErrorReadLine();
    }

    /// <summary>The runtime that starts the program.</summary>
    public static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } given ? given : "dotnet";

    /// <summary>The program.</summary>
    public static string Program => Path.Combine(AppContext.BaseDirectory, "Cde.Kernels.dll");

    public string ConnectionFile { get; }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
