namespace Cde.Workbench.Models.Hub;

/// <summary>
/// Fetches model folders from a Hugging Face hub into the cache that Hugging Face's libraries share (<see cref="HubCache"/>). What an interrupted download left is
/// resumed; a model that is whole is not fetched again, and serves without a network; two processes that fetch the same file wait for each other.
/// </summary>
public sealed class HubClient : IDisposable
{
    /// <summary>The revision that is fetched where the caller names none.</summary>
    public const string DefaultRevision = "main";

    private const int MaxFiles = 10_000;
    private const int MaxPages = 100;

    private readonly HubOptions options;
    private readonly HubConnection connection;
    private readonly HubTransfer transfer;

    /// <summary>A client.</summary>
    /// <param name="options">How to reach the hub; null for the defaults.</param>
    /// <param name="handler">Sends the requests, without following redirects; null for the usual one. Owned by the client.</param>
    public HubClient(HubOptions? options = null, HttpMessageHandler? handler = null)
    {
        this.options = options ?? new HubOptions();
        connection = new HubConnection(this.options, handler);
        transfer = new HubTransfer(connection, this.options);
        Cache = new HubCache(this.options.CacheFolder);
    }

    /// <summary>Where models are kept.</summary>
    public HubCache Cache { get; internal init; }

    /// <summary>Opens the file that a download is written to; tests put a full disk here.</summary>
    internal Func<string, Stream> OpenPart
    {
        init => transfer.OpenPart = value;
    }

    /// <summary>Bytes left on the disk of a folder, null where unknown; tests put a small disk here.</summary>
    internal Func<string, long?> FreeSpace { get; init; } = HubDisk.Free;

    /// <summary>Fetches a model, or what is missing of it.</summary>
    /// <param name="repository">Its name on the hub: <c>owner/name</c>.</param>
    /// <param name="revision">Branch, tag or commit; null for <c>main</c>.</param>
    /// <param name="progress">Told in bytes.</param>
    /// <param name="ct">Stops; what has come so far is kept and resumed next time.</param>
    /// <returns>The model's folder: its snapshot in the cache.</returns>
    /// <exception cref="CdeException">No such model or revision, no access, no network, no space, or content that is not what the hub announced.</exception>
    public async Task<string> DownloadAsync(
        string repository, string? revision = null, IProgress<WorkProgress>? progress = null, CancellationToken ct = default)
    {
        revision ??= DefaultRevision;
        HubNames.CheckRepository(repository);
        HubNames.CheckRevision(repository, revision);
        if (options.Offline)
        {
            return Cache.Find(repository, revision)
                ?? throw new CdeException($"{repository} at {revision} is not in the cache {Cache.Folder}, and HF_HUB_OFFLINE forbids to fetch it; unset it, or name another cache with HF_HUB_CACHE");
        }

        if (HubNames.IsCommit(revision) && IsFetched(repository, revision))
            return Cache.Snapshot(repository, revision);
        string commit;
        try
        {
            commit = await CommitAsync(repository, revision, ct).ConfigureAwait(false);
        }
        catch (HubUnreachableException) when (Cache.Find(repository, revision) is { } folder)
        {
            return folder;
        }

        if (!IsFetched(repository, commit))
            await FetchAsync(repository, commit, progress, ct).ConfigureAwait(false);
        Cache.SetReference(repository, revision, commit);
        return Cache.Snapshot(repository, commit);
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private async Task<string> CommitAsync(string repository, string revision, CancellationToken ct)
    {
        try
        {
            var answer = await connection.GetAsync(repository, connection.Address($"api/models/{repository}/revision/{Uri.EscapeDataString(revision)}"), ct).ConfigureAwait(false);
            return HubListing.Commit(repository, answer.Content);
        }
        catch (HubAbsentException)
        {
            var known = await ReferencesAsync(repository, ct).ConfigureAwait(false);
            if (known.Count == 0)
                throw;
            throw new CdeException($"{repository} has no revision \"{revision}\"; {NearestNames.Suggest(revision, known)}");
        }
    }

    private async Task<IReadOnlyList<string>> ReferencesAsync(string repository, CancellationToken ct)
    {
        try
        {
            var answer = await connection.GetAsync(repository, connection.Address($"api/models/{repository}/refs"), ct).ConfigureAwait(false);
            return HubListing.References(repository, answer.Content);
        }
        catch (CdeException)
        {
            return []; // no such model either
        }
    }

    private bool IsFetched(string repository, string commit) =>
        Cache.Listing(repository, commit) is { } files && Wanted(files).All(file => HubDisk.Exists(Cache.FileOf(repository, commit, file.Path)));

    private List<HubFile> Wanted(IReadOnlyList<HubFile> files) => [.. files.Where(file => (options.Filter ?? HubFileChoice.Of([.. files.Select(each => each.Path)]))(file.Path))];

    private async Task FetchAsync(string repository, string commit, IProgress<WorkProgress>? progress, CancellationToken ct)
    {
        var listing = await ListAsync(repository, commit, ct).ConfigureAwait(false);
        var files = Wanted(listing);
        if (files.Count == 0)
            throw new CdeException($"{repository} has no file that this project reads (weights, configuration, vocabulary)");
        CheckSpace(repository, files.Where(file => !HubDisk.Exists(Cache.FileOf(repository, commit, file.Path)) && !HubDisk.Exists(Cache.Blob(repository, file.BlobName))));
        var total = files.Sum(file => file.Size);
        var done = 0L;
        foreach (var file in files)
        {
            var before = done;
            void Report(string stage, long bytes) => progress?.Report(new WorkProgress(stage, before + bytes, total, "bytes"));
            await FetchAsync(repository, commit, file, Report, ct).ConfigureAwait(false);
            done += file.Size;
        }

        // Last, so that a listing stands for a whole model.
        HubDisk.Do(Cache.Folder, () => Cache.SetListing(repository, commit, listing));
    }

    private async Task FetchAsync(string repository, string commit, HubFile file, Action<string, long> report, CancellationToken ct)
    {
        var place = Cache.FileOf(repository, commit, file.Path);
        if (!HubDisk.Exists(place))
        {
            var blob = Cache.Blob(repository, file.BlobName);
            using var held = await HubBlobLock.TakeAsync(Cache.LockFile(repository, file.BlobName), () => report("waiting for another download of the same file", 0), ct).ConfigureAwait(false);
            if (!HubDisk.Exists(place) && !HubDisk.Exists(blob))
            {
                var address = connection.Address($"{repository}/resolve/{commit}/{string.Join('/', file.Path.Split('/').Select(Uri.EscapeDataString))}");
                await transfer.FetchAsync(repository, file, address, blob, bytes => report("downloading", bytes), ct).ConfigureAwait(false);
            }

            if (!HubDisk.Exists(place))
                HubDisk.Do(place, () => Cache.Place(repository, commit, file));
        }

        report("downloading", file.Size);
    }

    private void CheckSpace(string repository, IEnumerable<HubFile> missing)
    {
        var needed = missing.DistinctBy(file => file.BlobName).Sum(file => file.Size - Math.Min(file.Size, HubTransfer.Kept(Cache.Blob(repository, file.BlobName))));
        if (FreeSpace(Cache.Folder) is { } free && needed > free)
            throw new CdeException($"{repository} needs {needed / 1e6:0} MB more in {Cache.Folder}, where {free / 1e6:0} MB are free; nothing was fetched: free some space, or name another cache with HF_HUB_CACHE");
    }

    private async Task<List<HubFile>> ListAsync(string repository, string commit, CancellationToken ct)
    {
        var files = new List<HubFile>();
        Uri? page = connection.Address($"api/models/{repository}/tree/{commit}?recursive=true");
        for (var pages = 0; page is not null; pages++)
        {
            var answer = await connection.GetAsync(repository, page, ct).ConfigureAwait(false);
            files.AddRange(HubListing.Files(repository, answer.Content));
            if (files.Count > MaxFiles || pages == MaxPages)
                throw new CdeException($"{repository} has more than {MaxFiles} files; this is no model folder");
            page = answer.NextPage;
        }

        return files;
    }
}
