namespace Cde.Workbench.Corpora;

/// <summary>Reads collections in the layout in which their makers published them.</summary>
public abstract class CollectionImporter
{
    private protected CollectionImporter(string name, string what) => (Name, What) = (name, what);

    /// <summary>The name that commands use.</summary>
    public string Name { get; }

    /// <summary>What it reads, in one line.</summary>
    public string What { get; }

    /// <summary>Whether a file or folder looks like such a collection.</summary>
    public abstract bool Fits(string path);

    /// <summary>The collections there: one, or one a domain.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="progress">Told in files or records, where it takes long.</param>
    /// <param name="cancellationToken">Stops between records.</param>
    /// <exception cref="CdeException">Something is not as its layout says: file, record and rule.</exception>
    public abstract IReadOnlyList<ImportedCollection> Read(string path, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>A file in a folder, or the path itself where it is that file.</summary>
    private protected static string? File(string path, string name) =>
        Directory.Exists(path) && System.IO.File.Exists(Path.Combine(path, name)) ? Path.Combine(path, name)
        : System.IO.File.Exists(path) && Path.GetFileName(path) == name ? path : null;

    /// <summary>A file that a folder must have.</summary>
    private protected static string Required(string folder, string name) => System.IO.File.Exists(Path.Combine(folder, name))
        ? Path.Combine(folder, name)
        : throw new CdeException($"{folder} has no {name}; the collection is not whole");

    /// <summary>A collection with a test split alone.</summary>
    private protected static ImportedCollection Tested(string name, IReadOnlyList<Document> documents, IReadOnlyList<Query> queries, Qrels qrels) =>
        new(name, documents, queries, new Dictionary<string, Qrels> { [ImportedCollection.Test] = qrels });
}
