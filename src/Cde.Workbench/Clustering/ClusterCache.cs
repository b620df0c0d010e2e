using Cde.Workbench.Embedding;

namespace Cde.Workbench.Clustering;

/// <summary>
/// Clusters by content: the same vectors and options are clustered once. A damaged entry is made again. Processes may share a cache: an entry is
/// written under another name first, and two that make the same one write the same bytes.
/// </summary>
/// <param name="folder">Where entries lie, a file each. It is made when the first one is.</param>
public sealed class ClusterCache(string folder)
{
    /// <summary>The user's cache: <c>clusters</c> in <see cref="UserFolders.Cache"/>, which <c>CDE_CACHE</c> moves.</summary>
    public static ClusterCache Default => new(Path.Combine(UserFolders.Cache, "clusters"));

    /// <summary>Where entries lie.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>The clusters of a matrix' rows: from the cache, or made now.</summary>
    /// <inheritdoc cref="KMeans.Fit(EmbeddingMatrix, KMeansOptions, IProgress{WorkProgress}?, CancellationToken)"/>
    public KMeansResult KMeans(
        EmbeddingMatrix matrix, KMeansOptions options, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default) =>
        GetOrMake(Key([matrix], options.Key()), () => Clustering.KMeans.Fit(matrix, options, progress, cancellationToken));

    /// <summary>The clusters of pairs: from the cache, or made now.</summary>
    /// <inheritdoc cref="PairedKMeans.Fit(EmbeddingMatrix, EmbeddingMatrix, PairedKMeansOptions?, IProgress{WorkProgress}?, CancellationToken)"/>
    public KMeansResult Paired(
        EmbeddingMatrix queries, EmbeddingMatrix documents, PairedKMeansOptions? options = null,
        IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        return GetOrMake(
            Key([queries, documents], options.Key()), () => PairedKMeans.Fit(queries, documents, options, progress, cancellationToken));
    }

    /// <summary>An entry of this key: read, or made and written.</summary>
    /// <param name="key">The hash of everything that the clusters are made of.</param>
    /// <param name="make">Makes them.</param>
    /// <exception cref="CdeException">The entry cannot be written.</exception>
    public KMeansResult GetOrMake(string key, Func<KMeansResult> make) => GetOrMake(key, make, ClusterFile.Open, ClusterFile.Save);

    /// <summary>An entry that is labels alone, without centroids: read, or made and written.</summary>
    /// <inheritdoc cref="GetOrMake(string, Func{KMeansResult})"/>
    public ClusterAssignment GetOrMakeLabels(string key, Func<ClusterAssignment> make) => GetOrMake(key, make, LabelFile.Open, LabelFile.Save);

    /// <summary>The key of clusters of these vectors: their numbers count, not what they were made of.</summary>
    internal static string Key(IEnumerable<EmbeddingMatrix> matrices, string options)
    {
        const int Rows = 1024;
        using var hash = ContentHash.Build();
        hash.Add("cde-clusters-1").Add(options);
        foreach (var matrix in matrices)
        {
            hash.Add(matrix.Count).Add(matrix.Dimension);
            for (var row = 0; row < matrix.Count; row += Rows)
                hash.Add(matrix.Rows(row, Math.Min(Rows, matrix.Count - row)));
        }

        return hash.ToHash();
    }

    private T GetOrMake<T>(string key, Func<T> make, Func<string, (T Clusters, string MadeOf)> open, Action<string, T, string> save)
        where T : class
    {
        var path = Path.Combine(Folder, key + ".safetensors");
        if (TryOpen(path, key, open) is { } kept)
            return kept;
        var made = make();
        save(path, made, key);
        return made;
    }

    private static T? TryOpen<T>(string path, string key, Func<string, (T Clusters, string MadeOf)> open)
        where T : class
    {
        if (!File.Exists(path))
            return null;
        try
        {
            var (clusters, madeOf) = open(path);
            return madeOf == key ? clusters : null;
        }
        catch (CdeException)
        {
            return null; // damaged: made again
        }
    }
}
