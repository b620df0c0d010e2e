using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cde.Workbench.Embedding;

/// <summary>
/// Finished matrices by content: the same model, context, prompt, precision, compute path, length, batching and corpus are embedded once.
/// An entry is checked against its hash whenever it is opened, and made again where it is damaged. An interrupted run leaves what it had,
/// and the next run of the same key goes on from there. Several processes may share a cache; one makes an entry while the others wait.
/// </summary>
/// <param name="folder">Where entries lie, one folder each. It is made when the first one is.</param>
public sealed class EmbeddingCache(string folder)
{
    private const string MatrixName = "matrix.safetensors";
    private const string ManifestName = "manifest.json";
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(100);
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The user's cache: <c>embeddings</c> in <see cref="UserFolders.Cache"/>, which <c>CDE_CACHE</c> moves.</summary>
    public static EmbeddingCache Default => new(Path.Combine(UserFolders.Cache, "embeddings"));

    /// <summary>Where entries lie.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>The folder of an entry, whether it exists or not.</summary>
    public string EntryFolder(EmbeddingProvenance provenance) => Path.Combine(Folder, provenance.Key());

    /// <summary>Opens a whole and undamaged entry; null where there is none.</summary>
    public EmbeddingMatrix? TryOpen(EmbeddingProvenance provenance)
    {
        var entry = EntryFolder(provenance);
        var matrix = Path.Combine(entry, MatrixName);
        var manifest = Path.Combine(entry, ManifestName);
        if (!File.Exists(manifest) || !File.Exists(matrix))
            return null;
        try
        {
            var stated = JsonNode.Parse(File.ReadAllText(manifest));
            if (stated?["bytes"]?.GetValue<long>() != new FileInfo(matrix).Length || stated["sha256"]?.GetValue<string>() != ContentHash.OfFile(matrix))
                return null;
            return EmbeddingMatrix.Open(matrix);
        }
        catch (Exception damage) when (damage is CdeException or JsonException or InvalidOperationException or FormatException or IOException)
        {
            return null;
        }
    }

    /// <summary>Opens an entry, or makes it, resuming what an interrupted run left.</summary>
    internal EmbeddingMatrix GetOrMake(
        EmbeddingProvenance provenance, TextSource source, int dimension, Func<MatrixBuilder, EmbeddingMatrix> make,
        IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        var entry = EntryFolder(provenance);
        try
        {
            Directory.CreateDirectory(entry);
            using var exclusive = Lock(entry, () => progress?.Report(new WorkProgress("waiting for another run of the same", 0, source.Count, source.Unit)), cancellationToken);
            if (TryOpen(provenance) is { } cached)
            {
                progress?.Report(new WorkProgress("embedding", source.Count, source.Count, source.Unit));
                return cached;
            }

            var path = Path.Combine(entry, MatrixName);
            File.Delete(path);
            using var builder = new ResumableMatrixBuilder(
                path, provenance.Key(), source.Count, dimension, source.Id, provenance, finished => WriteManifest(entry, finished, provenance));
            return make(builder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(entry, failure);
        }
    }

    /// <summary>Replaces an entry by rows in memory; the caller holds the lock.</summary>
    internal static void Replace(string entry, EmbeddingMatrix rows)
    {
        var path = Path.Combine(entry, MatrixName);
        rows.Save(path);
        WriteManifest(entry, path, rows.Provenance);
    }

    /// <summary>Why an entry cannot be made.</summary>
    internal static CdeException Unwritable(string entry, Exception failure) => new(
        $"{entry} could not be written: {failure.Message.TrimEnd('.')}; free some space or set CDE_CACHE to another folder, then run again: it resumes", failure);

    private static void WriteManifest(string entry, string finished, EmbeddingProvenance provenance)
    {
        var manifest = new JsonObject
        {
            ["bytes"] = new FileInfo(finished).Length,
            ["sha256"] = ContentHash.OfFile(finished),
        };
        foreach (var (key, value) in provenance.ToMetadata())
            manifest[key] = value;
        AtomicFile.WriteAllText(Path.Combine(entry, ManifestName), manifest.ToJsonString(Indented));
    }

    /// <summary>Waits until no other run makes this entry. The lock ends with the process that holds it.</summary>
    /// <param name="entry">The entry's folder, which exists.</param>
    /// <param name="waiting">Told again and again while another run has it.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    internal static FileStream Lock(string entry, Action waiting, CancellationToken cancellationToken)
    {
        var path = Path.Combine(entry, "lock");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                waiting();
                if (cancellationToken.WaitHandle.WaitOne(LockPoll))
                    cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }
}
