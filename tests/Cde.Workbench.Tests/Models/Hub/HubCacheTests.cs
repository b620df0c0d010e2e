using Cde.Testing;
using Cde.Workbench.Models.Hub;

namespace Cde.Workbench.Tests.Models.Hub;

/// <summary>The cache's layout is the one that Hugging Face's libraries read and write.</summary>
public sealed class HubCacheTests : IDisposable
{
    private const string Commit = HubServer.Commit;

    private readonly TemporaryFolder _folder = new();
    private readonly HubServer _server = new();

    public HubCacheTests()
    {
        _server.Files["config.json"] = "{}"u8.ToArray();
        _server.Files["1_Pooling/config.json"] = "{\"a\":1}"u8.ToArray();
        _server.Files["model.safetensors"] = new byte[5000];
    }

    private string Home => _folder["models--owner--tiny"];

    private string Snapshot => Path.Combine(Home, "snapshots", Commit);

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Download_lays_out_blobs_references_and_links()
    {
        using var client = new HubClient(Options());
        await client.DownloadAsync(HubServer.Repository);
        Assert.Equal(Commit, File.ReadAllText(Path.Combine(Home, "refs", "main")));
        var weights = HubServer.HashOf("model.safetensors", new byte[5000]);
        var pooling = HubServer.HashOf("1_Pooling/config.json", _server.Files["1_Pooling/config.json"]);
        Assert.Equal(5000, new FileInfo(Path.Combine(Home, "blobs", weights)).Length);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal($"../../blobs/{weights}", new FileInfo(Path.Combine(Snapshot, "model.safetensors")).LinkTarget);
            Assert.Equal($"../../../blobs/{pooling}", new FileInfo(Path.Combine(Snapshot, "1_Pooling", "config.json")).LinkTarget);
        }

        Assert.True(File.Exists(_folder[".locks", "models--owner--tiny", weights + ".lock"]));
    }

    [Fact]
    public async Task System_without_links_gets_one_copy_in_the_snapshot()
    {
        using var client = new HubClient(Options()) { Cache = new HubCache(_folder.Path) { Link = (_, _) => throw new IOException("A required privilege is not held by the client.") } };
        var folder = await client.DownloadAsync(HubServer.Repository);
        Assert.Equal(new byte[5000], File.ReadAllBytes(Path.Combine(folder, "model.safetensors")));
        Assert.Null(new FileInfo(Path.Combine(folder, "model.safetensors")).LinkTarget);
        Assert.Empty(Directory.GetFiles(Path.Combine(Home, "blobs")));
        var before = _server.Requests.Count;
        await client.DownloadAsync(HubServer.Repository);
        Assert.Equal(1, _server.Requests.Count - before);
    }

    [Fact]
    public void Model_that_another_program_fetched_is_found_by_its_reference()
    {
        Foreign("main");
        Assert.Equal(Snapshot, new HubCache(_folder.Path).Find("owner/tiny"));
        Assert.Equal(Snapshot, new HubCache(_folder.Path).Find("owner/tiny", Commit));
        Assert.Equal("tiny", HubCache.NameOf(Snapshot));
    }

    [Fact]
    public void Model_of_another_program_without_its_weights_is_not_found()
    {
        Foreign("main");
        File.Delete(Path.Combine(Home, "blobs", "w"));
        Assert.Null(new HubCache(_folder.Path).Find("owner/tiny"));
    }

    [Theory]
    [InlineData("owner/other", "main")]
    [InlineData("owner/tiny", "v2")]
    [InlineData("../tiny", "main")]
    [InlineData("owner/tiny", "../../x")]
    public void What_is_not_there_is_not_found(string repository, string revision)
    {
        Foreign("main");
        Assert.Null(new HubCache(_folder.Path).Find(repository, revision));
    }

    [Fact]
    public async Task Blob_that_another_program_fetched_is_not_fetched_again()
    {
        var weights = HubServer.HashOf("model.safetensors", new byte[5000]);
        Directory.CreateDirectory(Path.Combine(Home, "blobs"));
        File.WriteAllBytes(Path.Combine(Home, "blobs", weights), new byte[5000]);
        using var client = new HubClient(Options());
        await client.DownloadAsync(HubServer.Repository);
        Assert.DoesNotContain(_server.Requests, request => request.Contains("resolve") && request.Contains("model.safetensors"));
    }

    [Fact]
    public async Task Offline_serves_the_cache_and_sends_nothing()
    {
        Foreign("main");
        using var client = new HubClient(Options() with { Offline = true });
        Assert.Equal(Snapshot, await client.DownloadAsync(HubServer.Repository));
        var failure = await Assert.ThrowsAsync<CdeException>(() => client.DownloadAsync("owner/other"));
        Assert.Contains("owner/other at main is not in the cache", failure.Message);
        Assert.Contains("HF_HUB_OFFLINE", failure.Message);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task Commit_that_was_fetched_needs_no_request()
    {
        using var client = new HubClient(Options());
        await client.DownloadAsync(HubServer.Repository);
        var before = _server.Requests.Count;
        Assert.Equal(Snapshot, await client.DownloadAsync(HubServer.Repository, Commit));
        Assert.Equal(before, _server.Requests.Count);
    }

    [Fact]
    public async Task Disk_with_too_little_space_is_told_before_anything_is_fetched()
    {
        using var client = new HubClient(Options()) { FreeSpace = _ => 4000 };
        var failure = await Assert.ThrowsAsync<CdeException>(() => client.DownloadAsync(HubServer.Repository));
        Assert.Contains("nothing was fetched: free some space", failure.Message);
        Assert.DoesNotContain(_server.Requests, request => request.Contains("resolve"));
    }

    [Fact]
    public async Task Two_clients_fetch_a_file_once()
    {
        using var held = await HubBlobLock.TakeAsync(new HubCache(_folder.Path).LockFile(HubServer.Repository, HubServer.HashOf("model.safetensors", new byte[5000])), () => { }, default);
        using var one = new HubClient(Options());
        using var two = new HubClient(Options());
        var waiting = new TaskCompletionSource();
        var waiters = 0;
        var progress = new Act(report =>
        {
            if (report.Stage.StartsWith("waiting", StringComparison.Ordinal) && ++waiters > 2)
                waiting.TrySetResult();
        });
        var both = Task.WhenAll(one.DownloadAsync(HubServer.Repository, progress: progress), two.DownloadAsync(HubServer.Repository, progress: progress));
        await waiting.Task.WaitAsync(TimeSpan.FromSeconds(120));
        Assert.DoesNotContain(_server.Requests, request => request.Contains("resolve") && request.Contains("model.safetensors"));
        held.Dispose();
        Assert.All(await both, folder => Assert.Equal(Snapshot, folder));
        Assert.Single(_server.Requests, request => request.Contains("resolve") && request.Contains("model.safetensors"));
    }

    [Fact]
    public async Task Wait_for_another_download_can_be_cancelled()
    {
        using var held = await HubBlobLock.TakeAsync(new HubCache(_folder.Path).LockFile(HubServer.Repository, HubServer.HashOf("model.safetensors", new byte[5000])), () => { }, default);
        using var client = new HubClient(Options());
        using var stop = new CancellationTokenSource();
        var progress = new Act(report =>
        {
            if (report.Stage.StartsWith("waiting", StringComparison.Ordinal))
                stop.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.DownloadAsync(HubServer.Repository, progress: progress, ct: stop.Token));
    }

    /// <summary>A snapshot as Python's library leaves it.</summary>
    private void Foreign(string revision)
    {
        Directory.CreateDirectory(Path.Combine(Home, "blobs"));
        Directory.CreateDirectory(Snapshot);
        File.WriteAllText(Path.Combine(Home, "blobs", "c"), "{}");
        File.WriteAllText(Path.Combine(Home, "blobs", "w"), "weights");
        File.CreateSymbolicLink(Path.Combine(Snapshot, "config.json"), "../../blobs/c");
        File.CreateSymbolicLink(Path.Combine(Snapshot, "model.safetensors"), "../../blobs/w");
        _folder.Write($"models--owner--tiny/refs/{revision}", Commit);
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

    private sealed class Act(Action<WorkProgress> act) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
            lock (act)
                act(value);
        }
    }
}
