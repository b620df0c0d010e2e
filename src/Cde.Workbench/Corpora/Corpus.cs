using System.Collections;

namespace Cde.Workbench.Corpora;

/// <summary>
/// A list of documents with an identity: the name people use, and a hash of its content that contexts, matrices and experiments record.
/// Reading is safe from several threads.
/// </summary>
/// <param name="name">The name people use.</param>
public abstract class Corpus(string name) : IReadOnlyList<Document>, IDisposable
{
    /// <summary>The name people use: <c>dotnet-api/System.Text.Json</c>.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// The hash of ids, titles and texts in order (<see cref="CorpusHash"/>): the same documents have the same hash in every form of storage.
    /// </summary>
    public abstract string Hash { get; }

    /// <summary>How many documents there are.</summary>
    public abstract int Count { get; }

    /// <summary>The document at a position.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    public abstract Document this[int index] { get; }

    /// <summary>The id of the document at a position: cheaper than the document where the storage allows.</summary>
    public virtual string GetId(int index) => this[index].Id;

    /// <summary>The position of a document, or -1.</summary>
    public abstract int IndexOf(string id);

    /// <summary>The names of what the storage says of a document beside its id, title and text, as its first document has them; none where the storage has nothing more.</summary>
    public virtual IReadOnlyList<string> Fields => [];

    /// <summary>The value of a field of <see cref="Fields"/>; null where the document has none.</summary>
    /// <param name="index">The document's position.</param>
    /// <param name="field">The field's name.</param>
    public virtual string? GetField(int index, string field) => null;

    /// <inheritdoc/>
    public IEnumerator<Document> GetEnumerator()
    {
        for (var index = 0; index < Count; index++)
            yield return this[index];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Releases the storage, where the corpus holds any.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the storage.</summary>
    /// <param name="disposing">Always true: no corpus needs a finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
