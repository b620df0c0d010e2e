using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Cde.Testing;

/// <summary>A hub on loopback, whose faults a test chooses.</summary>
public sealed class HubServer : IDisposable
{
    public const string Repository = "owner/tiny";
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private readonly HttpListener _listener = new();
    private readonly Task _loop;

    public HubServer()
    {
        (Endpoint, Store) = (FreeAddress(), FreeAddress());
        _listener.Prefixes.Add(Endpoint.ToString());
        _listener.Prefixes.Add(Store.ToString());
        _listener.Start();
        _loop = Task.Run(ServeAsync);
    }

    public Uri Endpoint { get; }

    /// <summary>Another host, to which large files are redirected where <see cref="RedirectsLargeFiles"/>.</summary>
    public Uri Store { get; }

    /// <summary>Whether large files lie on another host.</summary>
    public bool RedirectsLargeFiles { get; set; }

    /// <summary>Where every file request is redirected to instead; null for nowhere.</summary>
    public string? RedirectsTo { get; set; }

    /// <summary>Sizes in <c>X-Linked-Size</c> that contradict the listing.</summary>
    public Dictionary<string, long> FalseLinkedSizes { get; } = [];

    /// <summary>Tags in <c>X-Linked-Etag</c> that contradict the listing.</summary>
    public Dictionary<string, string> FalseTags { get; } = [];

    /// <summary>Bytes put behind a file's content.</summary>
    public Dictionary<string, byte[]> Excess { get; } = [];

    /// <summary>What a refusal says beside its status.</summary>
    public string? RetryAfter { get; set; }

    /// <summary>Hosts and paths that came with authorization.</summary>
    public ConcurrentQueue<Uri> Authorized { get; } = new();

    /// <summary>Requests of the other host.</summary>
    public ConcurrentQueue<Uri> StoreRequests { get; } = new();

    /// <summary>The files, by path.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>What the listing says a file's hash is, where it lies.</summary>
    public Dictionary<string, string> FalseHashes { get; } = [];

    /// <summary>After how many bytes the next answers with this file break off; one entry for each answer.</summary>
    public ConcurrentQueue<int> BreakAfter { get; } = new();

    /// <summary>What the next requests are answered with instead.</summary>
    public ConcurrentQueue<int> Refusals { get; } = new();

    public bool IgnoresRange { get; set; }

    /// <summary>Paths asked for, with the range.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public string? LastAuthorization { get; private set; }

    public void Dispose()
    {
        _listener.Close();
        _loop.Wait(TimeSpan.FromSeconds(5));
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                Answer(await _listener.GetContextAsync());
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
        Requests.Enqueue($"{path} {context.Request.Headers["Range"]}".TrimEnd());
        LastAuthorization = context.Request.Headers["Authorization"];
        if (LastAuthorization is not null)
            Authorized.Enqueue(context.Request.Url);
        if (context.Request.Url.Port == Store.Port)
        {
            StoreRequests.Enqueue(context.Request.Url);
            SendFile(context, path["store/".Length..], Files[path["store/".Length..]]);
        }
        else if (Refusals.TryDequeue(out var status))
        {
            context.Response.StatusCode = status;
            if (RetryAfter is not null)
                context.Response.Headers["Retry-After"] = RetryAfter;
            context.Response.Close();
        }
        else if (path == $"api/models/{Repository}/refs")
            Send(context, JsonSerializer.SerializeToUtf8Bytes(new { branches = new[] { new { name = "main" } }, tags = new[] { new { name = "v1.5" } } }));
        else if (path == $"api/models/{Repository}/revision/main")
            Send(context, JsonSerializer.SerializeToUtf8Bytes(new { sha = Commit }));
        else if (path == $"api/models/{Repository}/tree/{Commit}")
            SendListing(context);
        else if (path.StartsWith($"{Repository}/resolve/{Commit}/", StringComparison.Ordinal)
            && Files.TryGetValue(path[$"{Repository}/resolve/{Commit}/".Length..], out var content))
            SendNamedFile(context, path[$"{Repository}/resolve/{Commit}/".Length..], content);
        else
        {
            context.Response.StatusCode = 404;
            context.Response.Close();
        }
    }

    // Two pages, so that paging is exercised always.
    private void SendListing(HttpListenerContext context)
    {
        var isSecond = context.Request.QueryString["cursor"] == "2";
        var half = (Files.Count + 1) / 2;
        var page = isSecond ? Files.Skip(half) : Files.Take(half);
        if (!isSecond)
            context.Response.Headers["Link"] = $"<{context.Request.Url}&cursor=2>; rel=\"next\"";
        Send(context, JsonSerializer.SerializeToUtf8Bytes(page.Select(file => Describe(file.Key, file.Value))));
    }

    private Dictionary<string, object> Describe(string path, byte[] content)
    {
        var entry = new Dictionary<string, object> { ["type"] = "file", ["path"] = path, ["size"] = content.Length };
        if (path.EndsWith(".safetensors", StringComparison.Ordinal))
            entry["lfs"] = new { oid = FalseHashes.GetValueOrDefault(path) ?? HashOf(path, content), size = content.Length };
        else
            entry["oid"] = FalseHashes.GetValueOrDefault(path) ?? HashOf(path, content);
        return entry;
    }

    /// <summary>The name of a content: SHA-256 of a large file, git's SHA-1 of a small one.</summary>
    public static string HashOf(string path, byte[] content) => path.EndsWith(".safetensors", StringComparison.Ordinal)
        ? Convert.ToHexStringLower(SHA256.HashData(content))
        : Convert.ToHexStringLower(SHA1.HashData([.. Encoding.ASCII.GetBytes($"blob {content.Length}\0"), .. content]));

    private static Uri FreeAddress()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}");
    }

    private void SendNamedFile(HttpListenerContext context, string path, byte[] content)
    {
        var isLarge = path.EndsWith(".safetensors", StringComparison.Ordinal);
        context.Response.Headers["X-Repo-Commit"] = Commit;
        if (isLarge)
        {
            context.Response.Headers["X-Linked-Etag"] = $"\"{FalseTags.GetValueOrDefault(path) ?? FalseHashes.GetValueOrDefault(path) ?? HashOf(path, content)}\"";
            context.Response.Headers["X-Linked-Size"] = $"{FalseLinkedSizes.GetValueOrDefault(path, content.Length)}";
        }
        else
            context.Response.Headers["ETag"] = $"\"{FalseTags.GetValueOrDefault(path) ?? FalseHashes.GetValueOrDefault(path) ?? HashOf(path, content)}\"";
        if (RedirectsTo is not null || (RedirectsLargeFiles && isLarge))
            context.Response.Redirect(RedirectsTo ?? $"{Store}store/{path}");
        if (context.Response.StatusCode == 302)
            context.Response.Close();
        else
            SendFile(context, path, content);
    }

    private void SendFile(HttpListenerContext context, string path, byte[] content)
    {
        if (Excess.TryGetValue(path, out var excess))
            content = [.. content, .. excess];
        var from = 0;
        if (!IgnoresRange && context.Request.Headers["Range"] is { } range)
        {
            from = int.Parse(range["bytes=".Length..^1]);
            context.Response.StatusCode = 206;
            context.Response.Headers["Content-Range"] = $"bytes {from}-{content.Length - 1}/{content.Length}";
        }

        Send(context, content[from..]);
    }

    private void Send(HttpListenerContext context, byte[] content)
    {
        var isFile = context.Request.Url!.AbsolutePath.Contains("/resolve/", StringComparison.Ordinal) || context.Request.Url.Port == Store.Port;
        context.Response.ContentLength64 = content.Length;
        if (isFile && BreakAfter.TryDequeue(out var limit) && limit < content.Length)
        {
            context.Response.OutputStream.Write(content, 0, limit);
            context.Response.OutputStream.Flush();
            context.Response.Abort();
            return;
        }

        context.Response.OutputStream.Write(content);
        context.Response.Close();
    }
}
