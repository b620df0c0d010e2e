namespace Cde.Workbench.Corpora;

/// <summary>Reads a JSONL file once: checks every line, notes where it starts, hashes the content, finds duplicate ids.</summary>
internal sealed class JsonlIndexBuilder
{
    private const int ReportEvery = 10_000; // documents

    private readonly List<long> _offsets = [];
    private ulong[] _idHashes = [];
    private int[] _positions = [];
    private string _corpusHash = "";

    private JsonlIndexBuilder()
    {
    }

    public static JsonlIndexBuilder Build(MappedFile file, EmptyTexts emptyTexts, IProgress<WorkProgress>? progress, CancellationToken ct)
    {
        var builder = new JsonlIndexBuilder();
        builder.Scan(file, emptyTexts, progress, ct);
        builder.RefuseDuplicates(file);
        return builder;
    }

    public void Write(Stream stream, string key) => JsonlIndex.Write(stream, key, _corpusHash, _offsets, _idHashes, _positions);

    private void Scan(MappedFile file, EmptyTexts emptyTexts, IProgress<WorkProgress>? progress, CancellationToken ct)
    {
        using var hash = new CorpusHash();
        var idHashes = new List<ulong>();
        var number = 0L;
        var where = () => $"{file.Path} line {number}";
        for (var start = JsonlLines.Start(file); start < file.Length;)
        {
            number++;
            var line = JsonlLines.At(file, start);
            var lineStart = start;
            start += line.Length + 1;
            if (line.Trim(" \t\r"u8).IsEmpty)
                continue;
            var document = JsonlLine.Read(where, line);
            if (string.IsNullOrWhiteSpace(document.Text) && string.IsNullOrWhiteSpace(document.Title))
            {
                if (emptyTexts == EmptyTexts.Skip)
                    continue;
                throw new CdeException(
                    $"{file.Path} line {number}: field \"text\" is empty (id \"{document.Id}\"); give it a text, or skip empty documents");
            }

            _offsets.Add(lineStart);
            idHashes.Add(JsonlIndex.HashId(document.Id));
            hash.Add(document.Id, document.Title, document.Text);
            if (_offsets.Count % ReportEvery == 0)
            {
                ct.ThrowIfCancellationRequested();
                progress?.Report(new WorkProgress("indexing", start, file.Length, "bytes"));
            }
        }

        if (_offsets.Count == 0)
            throw new CdeException($"{file.Path} has no documents");
        _corpusHash = hash.ToHash();
        _idHashes = [.. idHashes];
        _positions = new int[_idHashes.Length];
        for (var position = 0; position < _positions.Length; position++)
            _positions[position] = position;
        Array.Sort(_idHashes, _positions);
    }

    // Equal ids have equal hashes, so only neighbours in hash order need a look.
    private void RefuseDuplicates(MappedFile file)
    {
        for (var first = 0; first < _idHashes.Length; first++)
        {
            for (var second = first + 1; second < _idHashes.Length && _idHashes[second] == _idHashes[first]; second++)
            {
                var (a, b) = (_offsets[_positions[first]], _offsets[_positions[second]]);
                var id = JsonlLine.ReadId(() => file.Path, JsonlLines.At(file, a));
                if (id != JsonlLine.ReadId(() => file.Path, JsonlLines.At(file, b)))
                    continue;
                throw new CdeException(
                    $"{file.Path} lines {JsonlLines.Number(file, Math.Min(a, b))} and {JsonlLines.Number(file, Math.Max(a, b))}: the same id \"{id}\"; ids must be unique");
            }
        }
    }
}
