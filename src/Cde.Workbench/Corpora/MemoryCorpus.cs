namespace Cde.Workbench.Corpora;

/// <summary>A corpus held in memory.</summary>
public sealed class MemoryCorpus : Corpus
{
    private readonly Document[] _documents;
    private readonly Dictionary<string, int> _positions;
    private readonly Lazy<string> _hash;
    private readonly IReadOnlyDictionary<string, Func<int, string>> _fields = new Dictionary<string, Func<int, string>>();

    /// <summary>A corpus of these documents, in this order.</summary>
    /// <param name="name">The name people use.</param>
    /// <param name="documents">The documents.</param>
    /// <exception cref="CdeException">Two documents have the same id, or one has neither title nor text.</exception>
    public MemoryCorpus(string name, IEnumerable<Document> documents)
        : this(name, documents, hash: null)
    {
    }

    /// <summary>A corpus of these documents, with fields.</summary>
    /// <param name="name">The name people use.</param>
    /// <param name="documents">The documents.</param>
    /// <param name="fields">Each field's value for each document, by the field's name.</param>
    /// <exception cref="CdeException">Two documents have the same id, one has neither title nor text, or a field has another number of values.</exception>
    public MemoryCorpus(string name, IEnumerable<Document> documents, IReadOnlyDictionary<string, string[]> fields)
        : this(name, documents, hash: null)
    {
        if (fields.FirstOrDefault(field => field.Value.Length != Count) is { Key: { } wrong, Value: var values })
            throw new CdeException($"{name}: field \"{wrong}\" has {values.Length} values, the corpus {Count} documents; give one for each");
        _fields = fields.ToDictionary(field => field.Key, field => (Func<int, string>)(index => field.Value[index]));
    }

    internal MemoryCorpus(string name, IEnumerable<Document> documents, string? hash, IReadOnlyDictionary<string, Func<int, string>> fields)
        : this(name, documents, hash) => _fields = fields;

    internal MemoryCorpus(string name, IEnumerable<Document> documents, string? hash)
        : base(name)
    {
        _documents = [.. documents];
        _positions = new(_documents.Length, StringComparer.Ordinal);
        for (var index = 0; index < _documents.Length; index++)
        {
            var document = _documents[index];
            if (string.IsNullOrWhiteSpace(document.Text) && string.IsNullOrWhiteSpace(document.Title))
                throw new CdeException($"{name}: document {index} (id \"{document.Id}\") has an empty text; give it one or leave it out");
            if (!_positions.TryAdd(document.Id, index))
            {
                throw new CdeException(
                    $"{name}: documents {_positions[document.Id]} and {index} have the same id \"{document.Id}\"; ids must be unique");
            }
        }

        _hash = hash is null ? new(() => CorpusHash.Of(_documents)) : new(hash);
    }

    /// <inheritdoc/>
    public override string Hash => _hash.Value;

    /// <inheritdoc/>
    public override int Count => _documents.Length;

    /// <inheritdoc/>
    public override Document this[int index] =>
        (uint)index < (uint)_documents.Length
            ? _documents[index]
            : throw new ArgumentOutOfRangeException(nameof(index), index, $"{Name} has {Count} documents");

    /// <inheritdoc/>
    public override IReadOnlyList<string> Fields => [.. _fields.Keys];

    /// <inheritdoc/>
    public override string? GetField(int index, string field) => _fields.TryGetValue(field, out var values) && values(index) is { Length: > 0 } value ? value : null;

    /// <inheritdoc/>
    public override int IndexOf(string id) => _positions.TryGetValue(id, out var index) ? index : -1;
}
