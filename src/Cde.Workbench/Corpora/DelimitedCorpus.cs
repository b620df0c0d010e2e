namespace Cde.Workbench.Corpora;

/// <summary>
/// Corpora in CSV and TSV files. The header line names the columns: an id (<c>_id</c>, <c>id</c>, <c>doc_id</c> or <c>docid</c>; the line number where there
/// is none), a text (<c>text</c>, <c>contents</c> or <c>abstract</c>) and perhaps a <c>title</c>; other columns are the documents' fields. Values may be quoted and hold line ends. A TSV file
/// without such a header has the columns id and text, or id, title and text.
/// </summary>
public static class DelimitedCorpus
{
    private static readonly string[] IdNames = ["_id", "id", "doc_id", "docid"];
    private static readonly string[] TextNames = ["text", "contents", "abstract"];

    /// <summary>Reads a file into memory.</summary>
    /// <param name="path">The file; <c>.tsv</c> and <c>.tab</c> are separated by tabs, all others by commas.</param>
    /// <param name="name">The name people use; null for the file's name without extension.</param>
    /// <param name="emptyTexts">What to do with documents that have neither title nor text.</param>
    /// <exception cref="CdeException">A row breaks the format, two have the same id, or a text is empty: file, line, field and rule.</exception>
    public static MemoryCorpus Read(string path, string? name = null, EmptyTexts emptyTexts = EmptyTexts.Refuse)
    {
        var isTab = Path.GetExtension(path).ToUpperInvariant() is ".TSV" or ".TAB";
        var rows = isTab ? DelimitedRows.ReadTsv(path) : DelimitedRows.ReadCsv(path);
        var fields = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var documents = ReadDocuments(rows, path, isTab, emptyTexts, fields);
        return new MemoryCorpus(name ?? Path.GetFileNameWithoutExtension(path), documents, fields.ToDictionary(field => field.Key, field => field.Value.ToArray()));
    }

    /// <summary>Where a file's columns stand; those without a role are fields.</summary>
    private sealed record Columns(int Id, int Text, int Title, int Count, IReadOnlyList<(int Column, string Name)> Fields);

    private static List<Document> ReadDocuments(IEnumerable<DelimitedRow> rows, string path, bool isTab, EmptyTexts emptyTexts, Dictionary<string, List<string>> fields)
    {
        var documents = new List<Document>();
        var lineOfId = new Dictionary<string, int>(StringComparer.Ordinal);
        Columns? columns = null;
        foreach (var (line, row) in rows)
        {
            if (columns is null)
            {
                columns = FromHeader(row) ?? (isTab ? WithoutHeader(path, row) : throw NoHeader(path, row));
                if (FromHeader(row) is not null)
                    continue;
            }

            if (row.Count != columns.Count)
                throw new CdeException($"{path} line {line}: {row.Count} columns, expected {columns.Count}");
            var id = columns.Id < 0 ? $"{line}" : row[columns.Id].Trim();
            var document = new Document(id, row[columns.Text], columns.Title < 0 ? null : row[columns.Title]);
            if (id.Length == 0)
                throw new CdeException($"{path} line {line}: the id is empty");
            if (document.FullText.Length == 0)
            {
                if (emptyTexts == EmptyTexts.Skip)
                    continue;
                throw new CdeException($"{path} line {line}: field \"text\" is empty (id \"{id}\"); give it a text, or skip empty documents");
            }

            if (!lineOfId.TryAdd(id, line))
                throw new CdeException($"{path} lines {lineOfId[id]} and {line}: the same id \"{id}\"; ids must be unique");
            documents.Add(document);
            foreach (var (column, field) in columns.Fields)
            {
                if (!fields.TryGetValue(field, out var values))
                    fields.Add(field, values = []);
                values.Add(row[column]);
            }
        }

        return documents.Count > 0 ? documents : throw new CdeException($"{path} has no documents");
    }

    private static Columns? FromHeader(IReadOnlyList<string> row)
    {
        var names = row.Select(name => name.Trim().ToLowerInvariant()).ToList();
        var text = names.FindIndex(TextNames.Contains);
        if (text < 0)
            return null;
        var (id, title) = (names.FindIndex(IdNames.Contains), names.IndexOf("title"));
        return new Columns(
            id, text, title, row.Count,
            [.. row.Select((name, column) => (column, name.Trim())).Where(entry => entry.column != id && entry.column != text && entry.column != title && entry.Item2.Length > 0).DistinctBy(entry => entry.Item2)]);
    }

    private static Columns WithoutHeader(string path, IReadOnlyList<string> row) => row.Count switch
    {
        2 => new Columns(0, 1, -1, 2, []),
        3 => new Columns(0, 2, 1, 3, []),
        _ => throw new CdeException($"{path} line 1: {row.Count} columns; expected id and text, id, title and text, or a header with \"text\""),
    };

    private static CdeException NoHeader(string path, IReadOnlyList<string> row) =>
        new($"{path} line 1: no column \"text\" in the header ({string.Join(", ", row.Take(8))}); expected one of {string.Join(", ", TextNames)}");
}
