namespace Cde.Workbench.Embedding.Exports;

/// <summary>
/// Vectors, ids and texts as a folder that other programs read: CSV, the embedding projector's files, a FAISS index. Beside them lies
/// <c>export.json</c>, which says what the vectors were made of, so that the workbench can search in the folder.
/// </summary>
public static class VectorFolder
{
    /// <summary>The forms, by what they are for.</summary>
    public static IReadOnlyList<VectorFormat> Formats { get; } = [new CsvFormat(), new ProjectorFormat(), new FaissFormat(FaissMetric.InnerProduct), new FaissFormat(FaissMetric.SquaredEuclidean)];

    /// <summary>The form of a name.</summary>
    /// <exception cref="CdeException">There is none.</exception>
    public static VectorFormat Format(string name) => Formats.FirstOrDefault(format => format.Name == name)
        ?? throw new CdeException($"there is no export format \"{name}\"; {NearestNames.Suggest(name, Formats.Select(format => format.Name))}");

    /// <summary>Writes a folder, whole or not at all. An export that lies there already is replaced.</summary>
    /// <param name="format">The form.</param>
    /// <param name="folder">The folder: new, empty, or an earlier export.</param>
    /// <param name="documents">What to write.</param>
    /// <param name="progress">Told now and then how far it is.</param>
    /// <param name="cancellationToken">Stops between rows; what was there is unchanged.</param>
    /// <exception cref="CdeException">The folder holds other things, or cannot be written; what was there is unchanged.</exception>
    public static void Write(
        VectorFormat format, string folder, DocumentVectors documents, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (File.Exists(folder))
            throw new CdeException($"{folder} is a file; name a folder, which is made");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any() && !File.Exists(Path.Combine(folder, VectorManifest.FileName)))
            throw new CdeException($"{folder} holds files that are no export, which would be replaced; name a new folder");
        AtomicFile.WriteDirectory(
            folder,
            target =>
            {
                format.Write(target, documents, progress, cancellationToken);
                var sizes = format.Files.ToDictionary(name => name, name => new FileInfo(Path.Combine(target, name)).Length, StringComparer.Ordinal);
                new VectorManifest(format.Name, documents.Count, documents.Matrix.Dimension, sizes, documents.Matrix.Provenance).Write(target);
            },
            VectorManifest.FileName);
    }

    /// <summary>Opens what <see cref="Write"/> wrote; the vectors and ids are those that were written, bit by bit.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="CdeException">It is no export, or a file was changed: file, place and rule.</exception>
    public static EmbeddingMatrix Open(string folder)
    {
        var manifest = VectorManifest.Read(folder);
        var matrix = Format(manifest.Format).Read(folder, manifest);
        try
        {
            DocumentVectors.CheckFinite(matrix, folder);
            return matrix.Count == manifest.Count && matrix.Dimension == manifest.Dimension
                ? matrix
                : throw new CdeException(
                    $"{folder} holds {matrix.Count} vectors of width {matrix.Dimension}, {VectorManifest.FileName} says {manifest.Count} of width {manifest.Dimension}; export again");
        }
        catch
        {
            matrix.Dispose();
            throw;
        }
    }
}
