namespace Cde.Workbench.Corpora;

/// <summary>The hash of a corpus, built one document at a time.</summary>
public sealed class CorpusHash : IDisposable
{
    private readonly ContentHashBuilder _builder = ContentHash.Build();

    /// <summary>The hash of these documents in this order.</summary>
    public static string Of(IEnumerable<Document> documents)
    {
        using var hash = new CorpusHash();
        foreach (var document in documents)
            hash.Add(document.Id, document.Title, document.Text);
        return hash.ToHash();
    }

    /// <summary>Adds the next document. No title and an empty title are the same.</summary>
    public void Add(string id, string? title, string text) =>
        _builder.Add(id).Add(string.IsNullOrEmpty(title) ? null : title).Add(text);

    /// <summary>The hash of the documents so far.</summary>
    public string ToHash() => _builder.ToHash();

    /// <inheritdoc/>
    public void Dispose() => _builder.Dispose();
}
