using Cde.Testing;
using Cde.Workbench.Models.Hub;

namespace Cde.Workbench.Tests.Models.Hub;

/// <summary>A hub that redirects, contradicts itself, sends too much or names no hashes.</summary>
public sealed class HubMisbehaviourTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HubServer _server = new();
    private readonly byte[] _weights = new byte[300_000];

    public HubMisbehaviourTests()
    {
        new Random(11).NextBytes(_weights);
        _server.Files["config.json"] = "{}"u8.ToArray();
        _server.Files["model.safetensors"] = _weights;
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Token_is_sent_to_the_hub_and_never_to_where_it_redirects()
    {
        _server.RedirectsLargeFiles = true;
        using var client = new HubClient(Options() with { Token = "secret" });
        var folder = await client.DownloadAsync(HubServer.Repository);
        Assert.Equal(_weights, File.ReadAllBytes(Path.Combine(folder, "model.safetensors")));
        Assert.NotEmpty(_server.StoreRequests);
        Assert.NotEmpty(_server.Authorized);
        Assert.All(_server.Authorized, address => Assert.Equal(_server.Endpoint.Port, address.Port));
    }

    [Fact]
    public async Task Download_from_a_redirect_that_breaks_off_is_resumed()
    {
        _server.RedirectsLargeFiles = true;
        _server.BreakAfter.Enqueue(1_000_000);
        _server.BreakAfter.Enqueue(100_000);
        using var client = new HubClient(Options());
        var folder = await client.DownloadAsync(HubServer.Repository);
        Assert.Equal(_weights, File.ReadAllBytes(Path.Combine(folder, "model.safetensors")));
        Assert.Contains(_server.Requests, request => request.StartsWith("store/model.safetensors bytes=", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://127.0.0.1/x")]
    public async Task Redirect_to_anything_but_http_is_refused(string target)
    {
        _server.RedirectsTo = target;
        using var client = new HubClient(Options());
        var failure = await Assert.ThrowsAsync<CdeException>(() => client.DownloadAsync(HubServer.Repository));
        Assert.Contains("leads on to", failure.Message);
    }

    [Fact]
    public async Task Redirects_in_a_circle_end()
    {
        _server.RedirectsTo = $"{_server.Endpoint}{HubServer.Repository}/resolve/{HubServer.Commit}/config.json";
        using var client = new HubClient(Options());
        var failure = await Assert.ThrowsAsync<CdeException>(() => client.DownloadAsync(HubServer.Repository));
        Assert.Contains("at most 10 redirects", failure.Message);
        Assert.InRange(_server.Requests.Count(request => request.Contains("/resolve/")), 11, 11);
    }

    [Fact]
    public async Task Size_that_contradicts_the_listing_is_refused()
    {
        _server.FalseLinkedSizes["model.safetensors"] = 299_999;
        using var client = new HubClient(Options());
        var failure = await Assert.ThrowsAsync<CdeException>(() => client.DownloadAsync(HubServer.Repository));
        Assert.Contains("model.safetensors has 299999 bytes by its answer and 300000 by the listing", failure.Message);
        Assert.Null(client.Cache.Find(HubServer.Repository));
    }

    [Theory]
    [InlineData("model.safetensors", 64)]
    [InlineData("config.json", 40)]
    public async Task Tag_that_contradicts_the_listing_is_refused(string path, int length)
    {
        _server.FalseTags[path] = new string('a', length);
        using var client = new HubClient(Options());
        var failure = await Assert.ThrowsAsync<CdeException>(() => client.DownloadAsync(HubServer.Repository));
        Assert.Contains($"{path} has the tag aaaa", failure.Message);
    }

    [Fact]
    public async Task File_longer_than_announced_is_refused()
    {
        _server.Excess["model.safetensors"] = [1];
        using var client = new HubClient(Options());
        var failure = await Assert.ThrowsAsync<CdeException>(() => client.DownloadAsync(HubServer.Repository));
        Assert.Contains("longer than the 300000 bytes", failure.Message);
    }

    [Fact]
    public async Task Listing_without_a_hash_is_refused()
    {
        _server.FalseHashes["model.safetensors"] = "unknown";
        using var client = new HubClient(Options());
        Assert.Contains("names no hash of model.safetensors", (await Assert.ThrowsAsync<CdeException>(() => client.DownloadAsync(HubServer.Repository))).Message);
    }

    [Fact]
    public async Task Unknown_revision_is_named_beside_those_that_there_are()
    {
        using var client = new HubClient(Options());
        var failure = await Assert.ThrowsAsync<CdeException>(() => client.DownloadAsync(HubServer.Repository, "v1.4"));
        Assert.Equal("owner/tiny has no revision \"v1.4\"; did you mean v1.5?", failure.Message);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("Wed, 21 Oct 2015 07:28:00 GMT")]
    [InlineData("nonsense")]
    public async Task Wait_that_the_hub_asks_for_is_kept_and_a_senseless_one_ignored(string retryAfter)
    {
        _server.RetryAfter = retryAfter;
        _server.Refusals.Enqueue(429);
        using var client = new HubClient(Options());
        var start = Environment.TickCount64;
        await client.DownloadAsync(HubServer.Repository);
        if (retryAfter == "1")
            Assert.InRange(Environment.TickCount64 - start, 900, long.MaxValue);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    public async Task Refusal_is_final(int status)
    {
        for (var i = 0; i < 5; i++)
            _server.Refusals.Enqueue(status);
        using var client = new HubClient(Options());
        await Assert.ThrowsAnyAsync<CdeException>(() => client.DownloadAsync(HubServer.Repository));
        Assert.InRange(_server.Requests.Count, 1, 2);
    }

    [Fact]
    public async Task Part_with_wrong_bytes_is_fetched_once_more_from_the_start()
    {
        var part = Path.Combine(_folder.Path, "models--owner--tiny", "blobs", HubServer.HashOf("model.safetensors", _weights) + ".incomplete");
        Directory.CreateDirectory(Path.GetDirectoryName(part)!);
        File.WriteAllBytes(part, new byte[200_000]);
        using var client = new HubClient(Options());
        var folder = await client.DownloadAsync(HubServer.Repository);
        Assert.Equal(_weights, File.ReadAllBytes(Path.Combine(folder, "model.safetensors")));
        Assert.Equal(2, _server.Requests.Count(request => request.Contains("resolve") && request.Contains("model.safetensors")));
    }

    private HubOptions Options() => new()
    {
        Endpoint = _server.Endpoint,
        CacheFolder = _folder.Path,
        Token = null,
        Offline = false,
        MaxAttempts = 3,
        FirstDelay = TimeSpan.FromMilliseconds(1),
    };
}
