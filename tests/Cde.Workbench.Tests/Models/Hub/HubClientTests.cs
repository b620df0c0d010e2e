using Cde.Testing;
using Cde.Workbench.Models.Hub;

namespace Cde.Workbench.Tests.Models.Hub;

public sealed class HubClientTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HubServer _server = new();
    private readonly byte[] _weights = new byte[300_000];

    public HubClientTests()
    {
        new Random(7).NextBytes(_weights);
        _server.Files["config.json"] = "{}"u8.ToArray();
        _server.Files["1_Pooling/config.json"] = "{\"pooling\":true}"u8.ToArray();
        _server.Files["model.safetensors"] = _weights;
        _server.Files["pytorch_model.bin"] = [1, 2, 3];
        _server.Files["empty.txt"] = [];
    }

    private string Home => _folder["hub", "models--owner--tiny"];

    private string Snapshot => Path.Combine(Home, "snapshots", HubServer.Commit);

    private string Part => Path.Combine(Home, "blobs", HubServer.HashOf("model.safetensors", _weights) + ".incomplete");

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Download_brings_the_model_files_and_leaves_pickles_out()
    {
        var reports = new List<WorkProgress>();
        using var client = Client();
        var folder = await client.DownloadAsync(HubServer.Repository, progress: new Collect(reports));
        Assert.Equal(Snapshot, folder);
        Assert.Equal(
            ["1_Pooling/config.json", "config.json", "empty.txt", "model.safetensors"],
            Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal));
        Assert.Equal(_weights, File.ReadAllBytes(Path.Combine(folder, "model.safetensors")));
        Assert.Equal(300_018, reports[^1].Total);
        Assert.Equal(300_018, reports.Max(report => report.Done));
    }

    [Fact]
    public async Task Interrupted_download_resumes_where_it_broke_off()
    {
        using var client = Client();
        foreach (var limit in new[] { 1_000_000, 1_000_000, 100_000, 50_000 })
            _server.BreakAfter.Enqueue(limit);
        await client.DownloadAsync(HubServer.Repository);
        Assert.Equal(_weights, File.ReadAllBytes(Path.Combine(Snapshot, "model.safetensors")));
        var ranges = _server.Requests.Where(request => request.Contains("model.safetensors bytes=")).ToList();
        Assert.NotEmpty(ranges);
        Assert.All(ranges, range => Assert.DoesNotContain("bytes=0-", range));
    }

    [Fact]
    public async Task Later_run_resumes_the_part_that_an_earlier_one_left()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Part)!);
        File.WriteAllBytes(Part, _weights[..200_000]);
        using var client = Client();
        await client.DownloadAsync(HubServer.Repository);
        Assert.Contains(_server.Requests, request => request.EndsWith("model.safetensors bytes=200000-", StringComparison.Ordinal));
        Assert.Equal(_weights, File.ReadAllBytes(Path.Combine(Snapshot, "model.safetensors")));
        Assert.False(File.Exists(Part));
    }

    [Fact]
    public async Task Server_without_ranges_sends_the_whole_again()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Part)!);
        File.WriteAllBytes(Part, _weights[..200_000]);
        _server.IgnoresRange = true;
        using var client = Client();
        await client.DownloadAsync(HubServer.Repository);
        Assert.Equal(_weights, File.ReadAllBytes(Path.Combine(Snapshot, "model.safetensors")));
    }

    [Fact]
    public async Task Cancelled_download_keeps_a_part_that_the_next_run_resumes()
    {
        using var client = Client();
        using var stop = new CancellationTokenSource();
        var progress = new Act(report =>
        {
            if (report.Done > 100_000)
                stop.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.DownloadAsync(HubServer.Repository, progress: progress, ct: stop.Token));
        var kept = new FileInfo(Part).Length;
        Assert.InRange(kept, 100_000, 300_000);
        Assert.Equal(_weights[..(int)kept], File.ReadAllBytes(Part));
        await client.DownloadAsync(HubServer.Repository);
        Assert.Equal(_weights, File.ReadAllBytes(Path.Combine(Snapshot, "model.safetensors")));
    }

    [Theory]
    [InlineData("model.safetensors")]
    [InlineData("config.json")]
    public async Task Content_with_another_hash_is_refused_and_removed(string path)
    {
        _server.FalseHashes[path] = new string('0', path == "config.json" ? 40 : 64);
        using var client = Client();
        var failure = await Assert.ThrowsAsync<CdeException>(() => client.DownloadAsync(HubServer.Repository));
        Assert.Contains($"{path} came with another content than the hub announced", failure.Message);
        Assert.False(File.Exists(Path.Combine(Snapshot, path)));
        Assert.Empty(Directory.GetFiles(Path.Combine(Home, "blobs"), "*.incomplete"));
        Assert.Null(client.Cache.Find(HubServer.Repository));
    }

    [Fact]
    public async Task Unknown_model_is_named_and_not_tried_again()
    {
        using var client = Client();
        var failure = await Assert.ThrowsAnyAsync<CdeException>(() => client.DownloadAsync("owner/absent"));
        Assert.StartsWith("owner/absent: ", failure.Message);
        Assert.Contains("does not exist; check name and revision", failure.Message);
        Assert.Equal(["api/models/owner/absent/revision/main", "api/models/owner/absent/refs"], _server.Requests);
    }

    [Fact]
    public async Task Refused_access_names_the_token()
    {
        _server.Refusals.Enqueue(401);
        using var client = Client();
        Assert.Contains("set HF_TOKEN", (await Assert.ThrowsAsync<CdeException>(() => client.DownloadAsync(HubServer.Repository))).Message);
    }

    [Fact]
    public async Task Token_is_sent()
    {
        using var client = new HubClient(Options() with { Token = "secret" });
        await client.DownloadAsync(HubServer.Repository);
        Assert.Equal("Bearer secret", _server.LastAuthorization);
    }

    [Fact]
    public async Task Busy_server_is_asked_again_and_a_dead_one_only_so_often()
    {
        _server.Refusals.Enqueue(503);
        _server.Refusals.Enqueue(429);
        using var client = Client();
        await client.DownloadAsync(HubServer.Repository);
        var before = _server.Requests.Count;
        for (var i = 0; i < 10; i++)
            _server.Refusals.Enqueue(500);
        Directory.Delete(Home, recursive: true);
        var failure = await Assert.ThrowsAnyAsync<CdeException>(() => client.DownloadAsync(HubServer.Repository));
        Assert.Contains("failed in 3 attempts: it answers 500", failure.Message);
        Assert.Equal(3, _server.Requests.Count - before);
    }

    [Fact]
    public async Task Whole_model_is_not_fetched_again_and_serves_without_the_hub()
    {
        using var client = Client();
        await client.DownloadAsync(HubServer.Repository);
        var before = _server.Requests.Count;
        Assert.Equal(Snapshot, await client.DownloadAsync(HubServer.Repository));
        Assert.Equal(1, _server.Requests.Count - before);
        _server.Dispose();
        Assert.Equal(Snapshot, await client.DownloadAsync(HubServer.Repository));
    }

    [Fact]
    public async Task Hub_that_cannot_be_reached_is_told_in_one_line()
    {
        _server.Dispose();
        using var client = Client();
        var failure = await Assert.ThrowsAnyAsync<CdeException>(() => client.DownloadAsync(HubServer.Repository));
        Assert.Contains("failed in 3 attempts", failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public async Task Full_disk_is_told_at_once_and_what_came_is_resumed()
    {
        using (var client = new HubClient(Options()) { OpenPart = path => new FullDisk(path, room: 100_000) })
        {
            var failure = await Assert.ThrowsAsync<CdeException>(() => client.DownloadAsync(HubServer.Repository));
            Assert.Contains(".incomplete could not be written: No space left on device; what has come is kept", failure.Message);
        }

        Assert.Single(_server.Requests, request => request.Contains("model.safetensors"));
        var kept = new FileInfo(Part).Length;
        Assert.InRange(kept, 1, 100_000);
        using var second = Client();
        await second.DownloadAsync(HubServer.Repository);
        Assert.Contains(_server.Requests, request => request.EndsWith($"model.safetensors bytes={kept}-", StringComparison.Ordinal));
        Assert.Equal(_weights, File.ReadAllBytes(Path.Combine(Snapshot, "model.safetensors")));
    }

    [Theory]
    [InlineData("../evil.json")]
    [InlineData("a/../../evil.json")]
    [InlineData("/etc/evil.json")]
    [InlineData("C:\\evil.json")]
    [InlineData("a//evil.json")]
    [InlineData("a\\evil.json")]
    [InlineData("./evil.json")]
    public async Task File_that_would_lie_outside_the_folder_is_refused(string path)
    {
        _server.Files[path] = [1];
        using var client = Client();
        var failure = await Assert.ThrowsAsync<CdeException>(() => client.DownloadAsync(HubServer.Repository));
        Assert.Contains("would lie outside its folder; refused", failure.Message);
        Assert.Empty(Directory.GetFiles(_folder.Path, "*evil*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("../x", null)]
    [InlineData("a/b/c", null)]
    [InlineData("a b", null)]
    [InlineData("", null)]
    [InlineData("owner/tiny", "../../x")]
    [InlineData("owner/tiny", "a b")]
    public async Task Name_or_revision_that_is_none_is_refused_before_any_request(string repository, string? revision)
    {
        using var client = Client();
        await Assert.ThrowsAsync<CdeException>(() => client.DownloadAsync(repository, revision));
        Assert.Empty(_server.Requests);
    }

    private HubClient Client() => new(Options());

    private HubOptions Options() => new()
    {
        Endpoint = _server.Endpoint,
        CacheFolder = _folder["hub"],
        Token = null,
        Offline = false,
        MaxAttempts = 3,
        FirstDelay = TimeSpan.FromMilliseconds(1),
    };

    private sealed class Collect(List<WorkProgress> reports) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => reports.Add(value);
    }

    private sealed class Act(Action<WorkProgress> act) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => act(value);
    }

    private sealed class FullDisk(string path, long room) : FileStream(path, FileMode.Append, FileAccess.Write, FileShare.None, 0)
    {
        public override void Write(byte[] array, int offset, int count)
        {
            if (Position + count > room)
                throw new IOException("No space left on device");
            base.Write(array, offset, count);
        }
    }
}
