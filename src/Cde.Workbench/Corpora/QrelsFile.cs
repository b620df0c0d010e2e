using System.Globalization;
using System.Text.Json;

namespace Cde.Workbench.Corpora;

/// <summary>
/// Files of relevance judgements. Read: TREC (<c>query 0 document grade</c>), BEIR (<c>query-id</c> tab <c>corpus-id</c> tab <c>score</c>, with
/// its header line) and JSONL with the same three fields. Where the column or field <c>score</c> is absent, as in NanoBEIR, what is listed has grade 1. Lines that start with # are comments, except in JSONL.
/// </summary>
public static class QrelsFile
{
    /// <summary>Reads judgements.</summary>
    /// <exception cref="CdeException">The file is absent, or a line breaks the format: file, line and rule.</exception>
    public static Qrels Read(string path)
    {
        var qrels = new Qrels();
        var isJson = path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase);
        var (isFirst, hasGrades) = (true, true);
        foreach (var (number, line) in TextLines.Read(path))
        {
            if (isJson)
                AddJson(qrels, path, number, line);
            else if (isFirst && line.StartsWith("query-id", StringComparison.OrdinalIgnoreCase))
                hasGrades = line.Split('\t').Length != 2;
            else if (line[0] != '#' && hasGrades)
                AddColumns(qrels, path, number, line);
            else if (line[0] != '#')
                AddListed(qrels, path, number, line);
            isFirst = false;
        }

        return qrels.Count > 0 ? qrels : throw new CdeException($"{path} has no judgements");
    }

    /// <summary>Writes judgements as TREC does.</summary>
    /// <exception cref="CdeException">An id has white space, or the file cannot be written.</exception>
    public static void WriteTrec(string path, Qrels qrels) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        foreach (var queryId in qrels.QueryIds)
        {
            foreach (var (documentId, grade) in qrels[queryId])
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{TrecId.Check(path, queryId)} 0 {TrecId.Check(path, documentId)} {grade}"));
        }
    });

    private static void AddColumns(Qrels qrels, string path, int number, string line)
    {
        // Ids of BEIR files may hold spaces: where there are tabs, they alone separate.
        var columns = line.Contains('\t') ? line.Split('\t', StringSplitOptions.TrimEntries) : line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (columns.Length is not (3 or 4))
            throw new CdeException($"{path} line {number}: {columns.Length} columns; expected 3 (query, document, grade) or 4 (query, 0, document, grade)");
        Add(qrels, path, number, columns[0], columns[^2], columns[^1]);
    }

    private static void AddListed(Qrels qrels, string path, int number, string line)
    {
        if (line.Split('\t', StringSplitOptions.TrimEntries) is not [var query, var document])
            throw new CdeException($"{path} line {number}: {line.Split('\t').Length} columns; expected 2 (query, document), as the header line has");
        Add(qrels, path, number, query, document, "1");
    }

    private static void AddJson(Qrels qrels, string path, int number, string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            string Field(string name) =>
                json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var value)
                && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
                    ? value.ToString()
                    : throw new CdeException($"{path} line {number}: field \"{name}\" is missing (expected a text or a number)");
            var hasGrade = json.RootElement.ValueKind != JsonValueKind.Object || json.RootElement.TryGetProperty("score", out _);
            Add(qrels, path, number, Field("query-id"), Field("corpus-id"), hasGrade ? Field("score") : "1");
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw new CdeException($"{path} line {number}: not valid JSON: {failure.Message.ReplaceLineEndings(" ")}", failure);
        }
    }

    private static void Add(Qrels qrels, string path, int number, string queryId, string documentId, string grade)
    {
        if (queryId.Length == 0 || documentId.Length == 0)
            throw new CdeException($"{path} line {number}: the {(queryId.Length == 0 ? "query" : "document")} id is empty");
        if (!int.TryParse(grade, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            throw new CdeException($"{path} line {number}: grade \"{grade}\" is not a whole number");
        try
        {
            qrels.Add(queryId, documentId, value);
        }
        catch (ArgumentException failure)
        {
            throw new CdeException($"{path} line {number}: {failure.Message}", failure);
        }
    }
}
