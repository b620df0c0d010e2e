namespace Cde.Workbench.Corpora;

/// <summary>
/// A corpus in a JSONL file (one JSON object a line: <c>_id</c>, <c>text</c>, perhaps <c>title</c>), memory-mapped. Its other fields, and those of an object <c>metadata</c>, are the documents' fields. An index of where
/// each document starts is built in one pass on the first opening, in 24 bytes of memory a document, and kept beside the file
/// (<c>corpus.jsonl.index</c>; in the user's cache where that folder cannot be written). Afterwards memory is what is touched.
/// </summary>
/// <remarks>Byte order mark, CRLF and blank lines are tolerated. A line has at most 64 MiB.</remarks>
public sealed class JsonlCorpus : Corpus
{
    private readonly MappedFile _file;
    private readonly JsonlIndex _index;

    private JsonlCorpus(string name, MappedFile file, JsonlIndex index)
        : base(name)
    {
        _file = file;
        _index = index;
    }

    /// <summary>The file.</summary>
    public string Path => _file.Path;

    /// <inheritdoc/>
    public override string Hash => _index.CorpusHash;

    /// <inheritdoc/>
    public override int Count => _index.Count;

    /// <inheritdoc/>
    public override Document this[int index]
    {
        get
        {
            var start = Start(index);
            return JsonlLine.Read(() => $"{Path} at byte {start}", JsonlLines.At(_file, start));
        }
    }

    /// <summary>Opens a file, building its index where there is none that fits.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">The name people use; null for the file's name without extension.</param>
    /// <param name="emptyTexts">What to do with documents that have neither title nor text.</param>
    /// <param name="progress">Told while the index is built, in bytes.</param>
    /// <param name="ct">Stops the building; nothing is left half-written.</param>
    /// <exception cref="CdeException">A line breaks the format, two have the same id, or a text is empty: file, line, field and rule.</exception>
    public static JsonlCorpus Open(
        string path, string? name = null, EmptyTexts emptyTexts = EmptyTexts.Refuse, IProgress<WorkProgress>? progress = null, CancellationToken ct = default)
    {
        var file = MappedFile.Open(path);
        try
        {
            var index = JsonlIndex.OpenOrBuild(file, emptyTexts, progress, ct);
            return new JsonlCorpus(name ?? System.IO.Path.GetFileNameWithoutExtension(path), file, index);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override string GetId(int index)
    {
        var start = Start(index);
        return JsonlLine.ReadId(() => $"{Path} at byte {start}", JsonlLines.At(_file, start));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Fields => Count == 0 ? [] : JsonlFields.Names(JsonlLines.At(_file, Start(0)));

    /// <inheritdoc/>
    public override string? GetField(int index, string field) => JsonlFields.Value(JsonlLines.At(_file, Start(index)), field);

    /// <inheritdoc/>
    public override int IndexOf(string id)
    {
        foreach (var position in _index.Candidates(id))
        {
            if (GetId(position) == id)
                return position;
        }

        return -1;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _index.Dispose();
        _file.Dispose();
    }

    private long Start(int index) =>
        (uint)index < (uint)Count
            ? _index.Offset(index)
            : throw new ArgumentOutOfRangeException(nameof(index), index, $"{Name} has {Count} documents");
}
