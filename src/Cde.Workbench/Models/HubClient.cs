using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cde.Workbench.Models;

/// <summary>
/// Fetches model folders from a Hugging Face hub. Files go to <c>cache/owner--name/commit/</c>: first as <c>.part</c>, which an interrupted
/// download resumes, and under their names once size and hash are right; a manifest last marks the whole. A model that is whole is not
/// fetched again, and serves without a network.
/// </summary>
public sealed partial class HubClient : IDisposable
{
    /// <summary>The file that marks a whole model.</summary>
    public const string ManifestName = ".cde-download.json";

    /// <summary>The revision that is fetched where the caller names none.</summary>
    public const string DefaultRevision = "main";

    private const int MaxFiles = 10_000;
    private const int MaxPages = 100;

    private readonly HubOptions _options;
    private readonly HubTransfer _transfer;

    /// <summary>A client.</summary>
    /// <param name="options">How to reach the hub; null for the defaults.</param>
    /// <param name="handler">Sends the requests; null for the usual one. Owned by the client.</param>
    public HubClient(HubOptions? options = null, HttpMessageHandler? handler = null)
    {
        _options = options ?? new HubOptions();
        _transfer = new HubTransfer(_options, handler ?? new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(20) });
    }

    /// <summary>Opens the file that a download is written to; tests put a full disk here.</summary>
    internal Func<string, Stream> OpenPart
    {
        init => _transfer.OpenPart = value;
    }

    /// <summary>Fetches a model, or what is missing of it.</summary>
    /// <param name="repository">Its name on the hub: <c>owner/name</c>.</param>
    /// <param name="revision">Branch, tag or commit; null for <c>main</c>.</param>
    /// <param name="progress">Told in bytes.</param>
    /// <param name="ct">Stops; what has come so far is kept and resumed next time.</param>
    /// <returns>The model's folder.</returns>
    /// <exception cref="CdeException">No such model, no access, no network, no space, or content that is not what the hub announced.</exception>
    public async Task<string> DownloadAsync(
        string repository, string? revision = null, IProgress<WorkProgress>? progress = null, CancellationToken ct = default)
    {
        revision ??= DefaultRevision;
        if (!RepositoryName().IsMatch(repository) || repository.Contains("..", StringComparison.Ordinal))
            throw new CdeException($"\"{repository}\" is not the name of a model on a hub; expected owner/name");
        if (!RevisionName().IsMatch(revision) || revision.Contains("..", StringComparison.Ordinal))
            throw new CdeException($"\"{revision}\" is not a revision of {repository}; expected a branch, a tag or a commit");
        var home = Path.Combine(_options.CacheFolder, repository.Replace("/", "--", StringComparison.Ordinal));
        var reference = Path.Combine(home, "refs", revision.Replace("/", "--", StringComparison.Ordinal));
        string commit;
        try
        {
            var answer = await _transfer.GetAsync(repository, Address($"api/models/{repository}/revision/{Uri.EscapeDataString(revision)}"), ct).ConfigureAwait(false);
            commit = HubListing.Commit(repository, answer.Content);
        }
        catch (HubUnreachableException) when (Cached(home, reference) is { } folder)
        {
            return folder;
        }

        var target = Path.Combine(home, commit);
        if (!File.Exists(Path.Combine(target, ManifestName)))
            await FetchAsync(repository, commit, target, progress, ct).ConfigureAwait(false);
        AtomicFile.WriteAllText(reference, commit);
        return target;
    }

    /// <inheritdoc/>
    public void Dispose() => _transfer.Dispose();

    private static string? Cached(string home, string reference)
    {
        if (!File.Exists(reference))
            return null;
        var folder = Path.Combine(home, File.ReadAllText(reference).Trim());
        return File.Exists(Path.Combine(folder, ManifestName)) ? folder : null;
    }

    private async Task FetchAsync(string repository, string commit, string target, IProgress<WorkProgress>? progress, CancellationToken ct)
    {
        var files = (await ListAsync(repository, commit, ct).ConfigureAwait(false)).Where(file => _options.Filter(file.Path)).ToList();
        if (files.Count == 0)
            throw new CdeException($"{repository} has no file that this project reads (safetensors, configuration, vocabulary)");
        var total = files.Sum(file => file.Size);
        var done = 0L;
        foreach (var file in files)
        {
            var before = done;
            var address = Address($"{repository}/resolve/{commit}/{string.Join('/', file.Path.Split('/').Select(Uri.EscapeDataString))}");
            await _transfer.DownloadAsync(
                repository, file, address, Path.Combine(target, Path.Combine(file.Path.Split('/'))),
                bytes => progress?.Report(new WorkProgress("downloading", before + bytes, total, "bytes")), ct).ConfigureAwait(false);
            done += file.Size;
        }

        var manifest = new { repository, commit, endpoint = _options.Endpoint.ToString(), files = files.Select(file => new { file.Path, file.Size, file.Sha256, file.GitOid }) };
        AtomicFile.WriteAllBytes(Path.Combine(target, ManifestName), JsonSerializer.SerializeToUtf8Bytes(manifest, JsonSerializerOptions.Web));
    }

    private async Task<List<HubFile>> ListAsync(string repository, string commit, CancellationToken ct)
    {
        var files = new List<HubFile>();
        Uri? page = Address($"api/models/{repository}/tree/{commit}?recursive=true");
        for (var pages = 0; page is not null; pages++)
        {
            var answer = await _transfer.GetAsync(repository, page, ct).ConfigureAwait(false);
            files.AddRange(HubListing.Files(repository, answer.Content));
            if (files.Count > MaxFiles || pages == MaxPages)
                throw new CdeException($"{repository} has more than {MaxFiles} files; this is no model folder");
            page = answer.NextPage;
        }

        return files;
    }

    private Uri Address(string path) => new(new Uri(_options.Endpoint.ToString().TrimEnd('/') + "/"), path);

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.\-]{0,95}(/[A-Za-z0-9_][A-Za-z0-9_.\-]{0,95})?$")]
    private static partial Regex RepositoryName();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_./\-]{0,199}$")]
    private static partial Regex RevisionName();
}
