using System.Net;
using System.Net.Sockets;
using System.Text;
using Cde.Kernels.Tests.Processes;
using Cde.Testing;

namespace Cde.Kernels.Tests.Commands;

/// <summary><c>models download</c> in processes of their own, with what only a process has: its environment and its locks.</summary>
public sealed class ModelsDownloadProcessTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly HubServer server = new();

    public void Dispose()
    {
        server.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Two_processes_fetch_a_file_once_and_both_have_it()
    {
        server.Files["config.json"] = "{}"u8.ToArray();
        server.Files["model.safetensors"] = new byte[100_000];
        var lockFile = folder["hub", ".locks", "models--owner--tiny", HubServer.HashOf("model.safetensors", server.Files["model.safetensors"]) + ".lock"];
        Directory.CreateDirectory(Path.GetDirectoryName(lockFile)!);
        using var one = Download(server.Endpoint.ToString());
        using var two = Download(server.Endpoint.ToString());
        using (new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            // Both have seen what is missing before either can fetch it.
            while (server.Requests.Count(request => request.Contains("/tree/")) < 4 && !one.Process.HasExited && !two.Process.HasExited)
                await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        foreach (var program in new[] { one, two })
        {
            var (code, _, error) = await program.EndAsync();
            Assert.True(code == 0, error);
        }

        Assert.Single(server.Requests, request => request.Contains("/resolve/") && request.Contains("model.safetensors"));
        Assert.Equal(new byte[100_000], File.ReadAllBytes(folder["hub", "models--owner--tiny", "snapshots", HubServer.Commit, "model.safetensors"]));
    }

    [Fact]
    public async Task Proxy_of_the_environment_is_asked()
    {
        using var proxy = new TcpListener(IPAddress.Loopback, 0);
        proxy.Start();
        var asked = AnswerAsync(proxy);
        using var program = Download("http://hub.invalid", ("http_proxy", $"http://127.0.0.1:{((IPEndPoint)proxy.LocalEndpoint).Port}"));
        var (code, _, error) = await program.EndAsync();
        Assert.Equal(1, code);
        Assert.Contains("does not exist; check name and revision", error);
        Assert.StartsWith("GET http://hub.invalid/api/models/owner/tiny/revision/main HTTP/1.1", await asked);
    }

    private StartedProgram Download(string endpoint, params (string Name, string Value)[] more) => StartedProgram.Start(
        "models download owner/tiny",
        null,
        [("HF_ENDPOINT", endpoint), ("HF_HUB_CACHE", folder["hub"]), ("HF_HOME", folder["home"]), ("CDE_CACHE", folder["cache"]), ("HF_TOKEN", ""), ("HF_HUB_OFFLINE", ""), .. more]);

    /// <summary>Answers everything with 404 until the listener is stopped; the first request's first line.</summary>
    private static Task<string> AnswerAsync(TcpListener proxy)
    {
        var first = new TaskCompletionSource<string>();
        _ = Task.Run(async () =>
        {
            while (true)
            {
                using var client = await proxy.AcceptTcpClientAsync();
                using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
                first.TrySetResult(await reader.ReadLineAsync() ?? "");
                while (await reader.ReadLineAsync() is { Length: > 0 })
                {
                }

                await client.GetStream().WriteAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
            }
        });
        return first.Task;
    }
}
