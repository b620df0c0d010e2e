using System.Text.Json;

namespace Cde.Workbench.Models.Hub;

/// <summary>
/// The cache of models that Hugging Face's libraries share: <c>models--owner--name</c> with <c>blobs</c> (contents, named by their hash), <c>refs</c> (the commit of a
/// branch or tag) and <c>snapshots/COMMIT</c> (the model's folder: links to blobs). What either side has fetched the other finds.
/// </summary>
/// <param name="folder">Where it lies; see <see cref="HubOptions.CacheFolder"/>.</param>
public sealed class HubCache(string folder)
{
    private const string Blobs = "blobs", References = "refs", Snapshots = "snapshots", Listings = ".cde", Locks = ".locks", Prefix = "models--";

    /// <summary>The user's.</summary>
    public static HubCache Default => new(HubEnvironment.Current.Cache);

    /// <summary>Where it lies.</summary>
    public string Folder { get; } = folder;

    /// <summary>Makes a link at the first path to the second, relative to it; tests put a system without links here.</summary>
    internal Action<string, string> Link { get; init; } = (path, target) => File.CreateSymbolicLink(path, target);

    /// <summary>A model that lies here whole: the folder of its snapshot; null where it does not.</summary>
    /// <param name="repository">owner/name.</param>
    /// <param name="revision">Branch, tag or commit.</param>
    public string? Find(string repository, string revision = HubClient.DefaultRevision)
    {
        if (!HubNames.IsRepository(repository) || !HubNames.IsRevision(revision))
            return null;
        var reference = ReferenceFile(repository, revision);
        var commit = File.Exists(reference) ? File.ReadAllText(reference).Trim() : revision;
        return HubNames.IsCommit(commit) && IsWhole(repository, commit) ? Snapshot(repository, commit) : null;
    }

    /// <summary>The model's own name where a folder is a snapshot of a cache, whose own name is a commit; null for every other folder.</summary>
    public static string? NameOf(string folder)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)).Split(Path.DirectorySeparatorChar);
        return path.Length >= 3 && path[^2] == Snapshots && path[^3].StartsWith(Prefix, StringComparison.Ordinal) ? path[^3].Split("--")[^1] : null;
    }

    internal string Snapshot(string repository, string commit) => Path.Combine(Home(repository), Snapshots, commit);

    internal string FileOf(string repository, string commit, string path) => Path.Combine([Snapshot(repository, commit), .. path.Split('/')]);

    internal string Blob(string repository, string name) => Path.Combine(Home(repository), Blobs, name);

    internal string LockFile(string repository, string blob) => Path.Combine(Folder, Locks, FolderName(repository), blob + ".lock");

    internal void SetReference(string repository, string revision, string commit)
    {
        var file = ReferenceFile(repository, revision);
        if (revision != commit && !(File.Exists(file) && File.ReadAllText(file).Trim() == commit))
            AtomicFile.WriteAllText(file, commit);
    }

    /// <summary>The files of a commit as the hub listed them, from an earlier run; null for none.</summary>
    internal IReadOnlyList<HubFile>? Listing(string repository, string commit)
    {
        try
        {
            var file = ListingFile(repository, commit);
            return File.Exists(file) ? JsonSerializer.Deserialize<List<HubFile>>(File.ReadAllBytes(file), JsonSerializerOptions.Web) : null;
        }
        catch (JsonException)
        {
            return null; // it is asked for again
        }
    }

    internal void SetListing(string repository, string commit, IReadOnlyList<HubFile> files) =>
        AtomicFile.WriteAllBytes(ListingFile(repository, commit), JsonSerializer.SerializeToUtf8Bytes(files, JsonSerializerOptions.Web));

    /// <summary>Puts a blob in its place in a snapshot: a link, or, where the system makes none, the file itself.</summary>
    internal void Place(string repository, string commit, HubFile file)
    {
        var place = FileOf(repository, commit, file.Path);
        var blob = Blob(repository, file.BlobName);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        if (new FileInfo(place).LinkTarget is not null)
            File.Delete(place); // it leads nowhere, or the file would have been found
        try
        {
            Link(place, Path.GetRelativePath(Path.GetDirectoryName(place)!, blob));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            File.Move(blob, place, overwrite: true); // Windows without the privilege: one copy, not two
        }
    }

    /// <summary>A folder of another program has no listing: then it is whole if it holds a configuration and all weights.</summary>
    private bool IsWhole(string repository, string commit)
    {
        if (Listing(repository, commit) is { } files)
        {
            var wanted = HubFileChoice.Of([.. files.Select(file => file.Path)]);
            return files.Where(file => wanted(file.Path)).All(file => HubDisk.Exists(FileOf(repository, commit, file.Path)));
        }

        return KnownModels.IsFolder(Snapshot(repository, commit)) && WeightsFolder.IsWhole(Snapshot(repository, commit));
    }

    private string Home(string repository) => Path.Combine(Folder, FolderName(repository));

    private string ReferenceFile(string repository, string revision) => Path.Combine([Home(repository), References, .. revision.Split('/')]);

    private string ListingFile(string repository, string commit) => Path.Combine(Home(repository), Listings, commit + ".json");

    private static string FolderName(string repository) => Prefix + repository.Replace("/", "--", StringComparison.Ordinal);
}
