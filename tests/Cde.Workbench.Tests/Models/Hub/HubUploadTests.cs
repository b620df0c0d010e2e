using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cde.Testing;
using Cde.Workbench.Models.Hub;

namespace Cde.Workbench.Tests.Models.Hub;

public sealed class HubUploadTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly UploadServer server = new();
    private readonly byte[] weights = new byte[200_000];

    public HubUploadTests()
    {
        new Random(5).NextBytes(weights);
        File.WriteAllBytes(folder["model.safetensors"], weights);
        folder.Write("config.json", "{}");
        folder.Write("README.md", "# card");
        folder.Write("1_Pooling/config.json", "{\"a\":1}");
        foreach (var stranger in new[] { "optimizer.safetensors", "token", ".env", "notes.txt", "training_args.bin", "pytorch_model.bin", "checkpoints/step-1/model.safetensors", "checkpoint-5/config.json", ".git/config.json" })
            folder.Write(stranger, "secret");
    }

    private string WeightsHash => Convert.ToHexStringLower(SHA256.HashData(weights));

    public void Dispose()
    {
        server.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Upload_is_one_commit_of_the_models_own_files()
    {
        using var hub = new HubUpload(Options());
        var result = await hub.PushAsync(folder.Path, "owner/tiny", message: "First");
        Assert.Equal(new string('a', 40), result.Commit);
        var lines = Assert.Single(server.Commits).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["header", "file", "file", "file", "lfsFile"], lines.Select(line => line.GetProperty("key").GetString()));
        Assert.Equal("First", lines[0].GetProperty("value").GetProperty("summary").GetString());
        Assert.Equal(["1_Pooling/config.json", "README.md", "config.json", "model.safetensors"], lines.Skip(1).Select(line => line.GetProperty("value").GetProperty("path").GetString()));
        Assert.Equal("{\"a\":1}", Encoding.UTF8.GetString(lines[1].GetProperty("value").GetProperty("content").GetBytesFromBase64()));
        var large = lines[^1].GetProperty("value");
        Assert.Equal((WeightsHash, 200_000), (large.GetProperty("oid").GetString(), large.GetProperty("size").GetInt32()));
        Assert.Equal(weights, server.Objects[WeightsHash]);
        Assert.Equal("api/models/owner/tiny/commit/main", server.Requests.Last()["POST ".Length..]);
        Assert.Contains($"POST verify/{WeightsHash}", server.Requests);
        Assert.Equal(0, server.TokensAtStore);
        Assert.Empty(server.Created);
        Assert.DoesNotContain("c2VjcmV0", string.Concat(server.Commits.Single())); // "secret" in base64
    }

    [Fact]
    public async Task Large_file_goes_in_the_parts_that_the_hub_asks_for()
    {
        server.PartSize = 60_000;
        using var hub = new HubUpload(Options());
        await hub.PushAsync(folder.Path, "owner/tiny");
        Assert.Equal(weights, server.Objects[WeightsHash]);
        Assert.Equal(4, server.Requests.Count(request => request.StartsWith("PUT ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Large_file_that_the_hub_has_is_not_sent_again()
    {
        server.Objects[WeightsHash] = weights;
        using var hub = new HubUpload(Options());
        await hub.PushAsync(folder.Path, "owner/tiny");
        Assert.DoesNotContain(server.Requests, request => request.StartsWith("PUT ", StringComparison.Ordinal));
        Assert.Single(server.Commits);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60_000)]
    public async Task Cut_upload_is_tried_again(int partSize)
    {
        server.PartSize = partSize;
        using var hub = new HubUpload(Options(), new CutHandler(2));
        await hub.PushAsync(folder.Path, "owner/tiny");
        Assert.Equal(weights, server.Objects[WeightsHash]);
    }

    [Fact]
    public async Task Upload_that_keeps_breaking_off_changes_nothing()
    {
        using var hub = new HubUpload(Options(), new CutHandler(100));
        await Assert.ThrowsAnyAsync<CdeException>(() => hub.PushAsync(folder.Path, "owner/tiny"));
        Assert.Empty(server.Commits);
    }

    [Fact]
    public async Task Busy_hub_is_asked_again()
    {
        server.Refusals["commit"] = (503, 1);
        server.Refusals["preupload"] = (429, 1);
        using var hub = new HubUpload(Options());
        await hub.PushAsync(folder.Path, "owner/tiny");
        Assert.Single(server.Commits);
    }

    [Theory]
    [InlineData("preupload", 401, "refuses access (401)")]
    [InlineData("preupload", 403, "refuses access (403)")]
    [InlineData("preupload", 404, "does not exist; check name and revision")]
    [InlineData("lfs/objects", 403, "refuses access (403)")]
    [InlineData("commit", 409, "the branch has moved meanwhile, or is protected; nothing was changed")]
    [InlineData("commit", 412, "the branch has moved meanwhile, or is protected; nothing was changed")]
    public async Task Refusal_is_told_and_changes_nothing(string path, int status, string expected)
    {
        server.Refusals[path] = (status, 100);
        using var hub = new HubUpload(Options());
        var failure = await Assert.ThrowsAnyAsync<CdeException>(() => hub.PushAsync(folder.Path, "owner/tiny"));
        Assert.Contains(expected, failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Empty(server.Commits);
        Assert.Equal(1, server.Requests.Count(request => request.Contains(path)));
    }

    [Theory]
    [InlineData(HubVisibility.Private, true)]
    [InlineData(HubVisibility.Public, false)]
    public async Task Repository_is_made_as_asked_and_may_be_there_already(HubVisibility visibility, bool isPrivate)
    {
        using var hub = new HubUpload(Options());
        await hub.PushAsync(folder.Path, "owner/tiny", create: visibility);
        var body = JsonDocument.Parse(Assert.Single(server.Created)).RootElement;
        Assert.Equal(("owner", "tiny", "model", isPrivate), (body.GetProperty("organization").GetString(), body.GetProperty("name").GetString(), body.GetProperty("type").GetString(), body.GetProperty("private").GetBoolean()));
        server.Refusals["repos/create"] = (409, 1);
        await hub.PushAsync(folder.Path, "owner/tiny", create: visibility);
        Assert.Equal(2, server.Commits.Count);
    }

    [Fact]
    public async Task Dry_run_lists_and_sends_nothing()
    {
        using var hub = new HubUpload(Options() with { Token = null });
        var result = await hub.PushAsync(folder.Path, "owner/tiny", isDryRun: true);
        Assert.Null(result.Commit);
        Assert.Equal(["1_Pooling/config.json", "README.md", "config.json", "model.safetensors"], result.Files.Select(file => file.Path));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("tiny", "has no owner")]
    [InlineData("owner/tiny/x", "is not the name of a model")]
    public async Task Name_that_is_none_is_refused(string repository, string expected)
    {
        using var hub = new HubUpload(Options());
        Assert.Contains(expected, (await Assert.ThrowsAsync<CdeException>(() => hub.PushAsync(folder.Path, repository))).Message);
    }

    [Fact]
    public async Task Upload_without_token_or_model_is_refused_before_any_request()
    {
        using var without = new HubUpload(Options() with { Token = null });
        Assert.Contains("set HF_TOKEN", (await Assert.ThrowsAsync<CdeException>(() => without.PushAsync(folder.Path, "owner/tiny"))).Message);
        using var hub = new HubUpload(Options());
        Assert.Contains("is no model folder", (await Assert.ThrowsAsync<CdeException>(() => hub.PushAsync(folder["1_Pooling"], "owner/tiny"))).Message);
        File.Delete(folder["model.safetensors"]);
        Assert.Contains("pickled weights are not uploaded", (await Assert.ThrowsAsync<CdeException>(() => hub.PushAsync(folder.Path, "owner/tiny"))).Message);
        Assert.Empty(server.Requests);
    }

    private HubOptions Options() => new()
    {
        Endpoint = server.Endpoint,
        CacheFolder = folder["cache"],
        Token = "secret-token",
        Offline = false,
        MaxAttempts = 3,
        FirstDelay = TimeSpan.FromMilliseconds(1),
    };

    /// <summary>Breaks off the first uploads to the store after some of their bytes.</summary>
    private sealed class CutHandler(int cuts) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        private int left = cuts;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method != HttpMethod.Put || left-- <= 0)
                return await base.SendAsync(request, cancellationToken);
            await (await request.Content!.ReadAsStreamAsync(cancellationToken)).ReadExactlyAsync(new byte[1000], cancellationToken);
            throw new HttpRequestException("the connection was cut");
        }
    }
}
