using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cde.Workbench.Models.Export;

namespace Cde.Workbench.Models.Hub;

/// <summary>What an upload sends, and what came of it.</summary>
/// <param name="Repository">owner/name.</param>
/// <param name="Revision">The branch.</param>
/// <param name="Files">Every file with its size in bytes; nothing else is sent.</param>
/// <param name="Commit">The commit that was made; null for a dry run.</param>
public sealed record HubUploadResult(string Repository, string Revision, IReadOnlyList<(string Path, long Size)> Files, string? Commit);

/// <summary>
/// Puts a model folder on a hub as one commit: small files inside it, large ones first to where the hub stores large files (git LFS). Only
/// <see cref="PublishedFiles"/> leave the machine. A cut connection is tried again; the model on the hub changes with the commit alone, so all of it or nothing.
/// </summary>
public sealed class HubUpload : IDisposable
{
    private const int SampleBytes = 512;

    private readonly HubOptions options;
    private readonly HubConnection connection;

    /// <summary>An upload.</summary>
    /// <param name="options">How to reach the hub; null for the defaults. A token that may write is needed.</param>
    /// <param name="handler">Sends the requests, without following redirects; null for the usual one. Owned by this object.</param>
    public HubUpload(HubOptions? options = null, HttpMessageHandler? handler = null)
    {
        this.options = options ?? new HubOptions();
        connection = new HubConnection(this.options, handler);
    }

    /// <summary>Uploads a folder.</summary>
    /// <param name="folder">A model folder.</param>
    /// <param name="repository">owner/name.</param>
    /// <param name="revision">The branch; null for <c>main</c>.</param>
    /// <param name="message">The commit's first line.</param>
    /// <param name="create">Whether the repository is made where it is not there, and who may then see it.</param>
    /// <param name="isDryRun">Lists what would be sent and sends nothing.</param>
    /// <param name="progress">Told in bytes of large files.</param>
    /// <param name="ct">Stops; the model on the hub is then as it was.</param>
    /// <exception cref="CdeException">No token or access, no such repository, a conflict, no network, or a folder without a model.</exception>
    public async Task<HubUploadResult> PushAsync(
        string folder, string repository, string? revision = null, string message = "Upload model", HubVisibility create = HubVisibility.Existing, bool isDryRun = false,
        IProgress<WorkProgress>? progress = null, CancellationToken ct = default)
    {
        revision ??= HubClient.DefaultRevision;
        HubNames.CheckRepository(repository);
        HubNames.CheckRevision(repository, revision);
        if (!repository.Contains('/', StringComparison.Ordinal))
            throw new CdeException($"\"{repository}\" has no owner; expected owner/name");
        if (!File.Exists(Path.Combine(folder, "config.json")) || !WeightsFolder.IsWhole(folder))
            throw new CdeException($"{folder} is no model folder (config.json and weights); write one with: {ProgramName.Typed} models export");
        var files = PublishedFiles.Of(folder).Select(path => new UploadFile(path, Path.Combine(folder, path))).ToList();
        if (!files.Any(file => PublishedFiles.IsWeights(file.Path)))
            throw new CdeException($"{folder} has no safetensors; pickled weights are not uploaded: write a folder with {ProgramName.Typed} models export");
        var sizes = files.Select(file => (file.Path, file.Size)).ToList();
        if (isDryRun)
            return new HubUploadResult(repository, revision, sizes, null);
        if (options.Offline)
            throw new CdeException($"{repository}: HF_HUB_OFFLINE forbids an upload; unset it");
        if (options.Token is null)
            throw new CdeException($"{repository}: an upload needs a token that may write; set HF_TOKEN");
        if (create != HubVisibility.Existing)
            await CreateAsync(repository, create == HubVisibility.Private, ct).ConfigureAwait(false);
        var large = await LargeAsync(repository, revision, files, ct).ConfigureAwait(false);
        await new LargeFileUpload(connection, options).SendAsync(repository, large, progress, ct).ConfigureAwait(false);
        return new HubUploadResult(repository, revision, sizes, await CommitAsync(repository, revision, message, files, large, ct).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private async Task CreateAsync(string repository, bool isPrivate, CancellationToken ct)
    {
        var parts = repository.Split('/');
        var body = new Dictionary<string, object> { ["type"] = "model", ["organization"] = parts[0], ["name"] = parts[1], ["private"] = isPrivate };
        await AskAsync(repository, "api/repos/create", body, ct, accepted: 409).ConfigureAwait(false); // 409: it is there
    }

    /// <summary>Which files the hub wants stored as large ones; it knows its rules, from size, name and the first bytes.</summary>
    private async Task<List<UploadFile>> LargeAsync(string repository, string revision, List<UploadFile> files, CancellationToken ct)
    {
        var body = new { files = files.Select(file => new { path = file.Path, size = file.Size, sample = Convert.ToBase64String(file.Head(SampleBytes)) }) };
        var answer = await AskAsync(repository, $"api/models/{repository}/preupload/{Uri.EscapeDataString(revision)}", body, ct).ConfigureAwait(false);
        return HubListing.Parse(repository, answer.Content, root =>
        {
            var modes = root.GetProperty("files").EnumerateArray().ToDictionary(file => file.GetProperty("path").GetString()!, file => file.GetProperty("uploadMode").GetString());
            return files.Where(file => (modes.TryGetValue(file.Path, out var mode) ? mode : throw new KeyNotFoundException($"nothing about {file.Path}")) == "lfs").ToList();
        });
    }

    /// <summary>One line a file, in JSON: the commit that the hub makes of it is whole or none.</summary>
    private async Task<string> CommitAsync(string repository, string revision, string message, List<UploadFile> files, List<UploadFile> large, CancellationToken ct)
    {
        var lines = new StringBuilder();
        void Add(string key, object value) => lines.Append(JsonSerializer.Serialize(new { key, value })).Append('\n');
        Add("header", new { summary = message, description = "" });
        foreach (var file in files)
        {
            if (large.Contains(file))
                Add("lfsFile", new { path = file.Path, algo = "sha256", oid = file.Sha256, size = file.Size });
            else
                Add("file", new { content = Convert.ToBase64String(await File.ReadAllBytesAsync(file.Place, ct).ConfigureAwait(false)), path = file.Path, encoding = "base64" });
        }

        var content = Encoding.UTF8.GetBytes(lines.ToString());
        var address = connection.Address($"api/models/{repository}/commit/{Uri.EscapeDataString(revision)}");
        var answer = await connection.AskAsync(repository, address, () => Post(content, "application/x-ndjson"), ct, conflict: "the branch has moved meanwhile, or is protected; nothing was changed: try again").ConfigureAwait(false);
        return HubListing.Parse(repository, answer.Content, root => root.GetProperty("commitOid").GetString() ?? throw new KeyNotFoundException("no commitOid"));
    }

    private Task<HubConnection.Answer> AskAsync(string repository, string path, object body, CancellationToken ct, int accepted = 200)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(body);
        return connection.AskAsync(repository, connection.Address(path), () => Post(content, "application/json"), ct, accepted);
    }

    internal static HttpRequestMessage Post(byte[] content, string type) =>
        new(HttpMethod.Post, (Uri?)null) { Content = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue(type) } } };
}

/// <summary>Whether an upload makes the repository.</summary>
public enum HubVisibility
{
    /// <summary>No: it must be there.</summary>
    Existing,

    /// <summary>As a public one where it is not there.</summary>
    Public,

    /// <summary>As a private one where it is not there.</summary>
    Private,
}

/// <summary>A file to upload.</summary>
internal sealed record UploadFile(string Path, string Place)
{
    private string? sha256;

    public long Size { get; } = new FileInfo(Place).Length;

    public string Sha256
    {
        get
        {
            if (sha256 is not null)
                return sha256;
            using var stream = File.OpenRead(Place);
            return sha256 = Convert.ToHexStringLower(SHA256.HashData(stream));
        }
    }

    public byte[] Head(int count)
    {
        using var stream = File.OpenRead(Place);
        var buffer = new byte[Math.Min(count, Size)];
        stream.ReadExactly(buffer);
        return buffer;
    }
}
