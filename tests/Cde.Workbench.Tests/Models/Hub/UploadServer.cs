using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;

namespace Cde.Workbench.Tests.Models.Hub;

/// <summary>A hub that takes uploads, and a store beside it on another port.</summary>
internal sealed class UploadServer : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Task loop;

    public UploadServer()
    {
        (Endpoint, Store) = (Free(), Free());
        listener.Prefixes.Add(Endpoint.ToString());
        listener.Prefixes.Add(Store.ToString());
        listener.Start();
        loop = Task.Run(ServeAsync);
    }

    public Uri Endpoint { get; }

    public Uri Store { get; }

    /// <summary>Contents in the store, by SHA-256; parts by SHA-256, a dash and their number.</summary>
    public ConcurrentDictionary<string, byte[]> Objects { get; } = new();

    /// <summary>The lines of each commit.</summary>
    public ConcurrentQueue<string[]> Commits { get; } = new();

    /// <summary>Bodies of requests for a repository.</summary>
    public ConcurrentQueue<string> Created { get; } = new();

    /// <summary>Method and path of every request.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Requests to the store that carried the token.</summary>
    public int TokensAtStore;

    /// <summary>The status that a path which holds this text is answered with, so often.</summary>
    public ConcurrentDictionary<string, (int Status, int Times)> Refusals { get; } = new();

    /// <summary>Bytes of a part; 0 to take files whole.</summary>
    public int PartSize { get; set; }

    public void Dispose()
    {
        listener.Close();
        loop.Wait(TimeSpan.FromSeconds(5));
    }

    private static Uri Free()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}");
    }

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                Answer(await listener.GetContextAsync());
            }
            catch (Exception failure) when (failure is HttpListenerException or ObjectDisposedException or InvalidOperationException or IOException)
            {
                // The client hung up, or the test is over.
            }
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var path = Uri.UnescapeDataString(context.Request.Url!.AbsolutePath).TrimStart('/');
        Requests.Enqueue($"{context.Request.HttpMethod} {path}");
        var isStore = context.Request.Url.Port == Store.Port;
        if (isStore && context.Request.Headers["Authorization"] is not null)
            Interlocked.Increment(ref TokensAtStore);
        using var copy = new MemoryStream();
        context.Request.InputStream.CopyTo(copy);
        var body = copy.ToArray();
        if (Refusals.FirstOrDefault(refusal => path.Contains(refusal.Key) && refusal.Value.Times > 0) is { Key: { } key, Value: var (status, times) })
        {
            Refusals[key] = (status, times - 1);
            Send(context, status, new { error = "refused" });
        }
        else if (isStore && context.Request.HttpMethod == "PUT")
        {
            Objects[path] = body;
            context.Response.Headers["ETag"] = $"\"{path}\"";
            Send(context, 200, new { });
        }
        else if (isStore)
        {
            Complete(path, JsonDocument.Parse(body).RootElement);
            Send(context, 200, new { });
        }
        else
            AnswerHub(context, path, body);
    }

    private void Complete(string path, JsonElement body)
    {
        var oid = path["complete/".Length..];
        Objects[oid] = [.. body.GetProperty("parts").EnumerateArray().SelectMany(part => Objects[part.GetProperty("etag").GetString()!.Trim('"')])];
        Assert.Equal(oid, Convert.ToHexStringLower(SHA256.HashData(Objects[oid])));
    }

    private void AnswerHub(HttpListenerContext context, string path, byte[] body)
    {
        if (path == "api/repos/create")
        {
            Created.Enqueue(System.Text.Encoding.UTF8.GetString(body));
            Send(context, 200, new { url = "x" });
        }
        else if (path == "api/models/owner/tiny/preupload/main")
            Send(context, 200, new { files = JsonDocument.Parse(body).RootElement.GetProperty("files").EnumerateArray().Select(Mode) });
        else if (path == "owner/tiny.git/info/lfs/objects/batch")
            Send(context, 200, new { transfer = PartSize > 0 ? "multipart" : "basic", objects = JsonDocument.Parse(body).RootElement.GetProperty("objects").EnumerateArray().Select(Action) });
        else if (path == "api/models/owner/tiny/commit/main")
        {
            Commits.Enqueue(System.Text.Encoding.UTF8.GetString(body).Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Send(context, 200, new { commitOid = new string('a', 40) });
        }
        else
            Send(context, path.StartsWith("verify/", StringComparison.Ordinal) ? 200 : 404, new { });
    }

    private static object Mode(JsonElement file)
    {
        var path = file.GetProperty("path").GetString()!;
        Assert.True(file.GetProperty("sample").GetString() is not null);
        return new { path, uploadMode = path.EndsWith(".safetensors", StringComparison.Ordinal) ? "lfs" : "regular" };
    }

    private object Action(JsonElement entry)
    {
        var (oid, size) = (entry.GetProperty("oid").GetString()!, entry.GetProperty("size").GetInt64());
        if (Objects.ContainsKey(oid))
            return new { oid, size };
        var header = new Dictionary<string, string>();
        if (PartSize > 0)
        {
            header["chunk_size"] = $"{PartSize}";
            for (var part = 1; (part - 1) * (long)PartSize < size; part++)
                header[$"{part}"] = $"{Store}{oid}-{part}";
        }
        else
            header["x-marker"] = "1";
        var upload = new { href = PartSize > 0 ? $"{Store}complete/{oid}" : $"{Store}{oid}", header };
        return new { oid, size, actions = new { upload, verify = new { href = $"{Endpoint}verify/{oid}" } } };
    }

    private static void Send(HttpListenerContext context, int status, object body)
    {
        context.Response.StatusCode = status;
        context.Response.OutputStream.Write(JsonSerializer.SerializeToUtf8Bytes(body));
        context.Response.Close();
    }
}
