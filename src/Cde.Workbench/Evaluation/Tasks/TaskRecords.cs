using System.Text.Json;
using Cde.Workbench.Corpora;

namespace Cde.Workbench.Evaluation;

/// <summary>Records of a task's file: JSONL, or CSV and TSV (<c>.tsv</c>, <c>.data</c>, <c>.tab</c>) with or without a header line.</summary>
internal static class TaskRecords
{
    private static readonly string[] Known =
        ["sentence1", "sentence2", "sent1", "sent2", "text1", "text2", "score", "label", "labels", "text", "sentence", "category", "intent", "query", "label_text"];

    /// <summary>The endings of files that are read.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".jsonl", ".csv", ".tsv", ".data", ".tab"];

    /// <summary>Reads records. Without a header line three columns are <c>sentence1</c>, <c>sentence2</c> and <c>score</c>, two are <c>text</c> and <c>label</c>.</summary>
    /// <exception cref="CdeException">The file cannot be read, or a line breaks its form: file, line and rule.</exception>
    public static IEnumerable<TaskRecord> Read(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".JSONL" => TextLines.Read(path).Select(line => Json($"{path} line {line.Number}", line.Text)),
        ".CSV" => Rows(path, DelimitedRows.ReadCsv(path)),
        _ => Rows(path, DelimitedRows.ReadTsv(path)),
    };

    private static TaskRecord Json(string place, string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? new TaskRecord(place, json.RootElement.EnumerateObject().ToDictionary(field => field.Name, field => field.Value.Clone(), StringComparer.OrdinalIgnoreCase))
                : throw new CdeException($"{place}: a record is a JSON object, not {json.RootElement.ValueKind}");
        }
        catch (JsonException failure)
        {
            throw new CdeException($"{place}: not valid JSON: {failure.Message.ReplaceLineEndings(" ")}", failure);
        }
    }

    private static IEnumerable<TaskRecord> Rows(string path, IEnumerable<DelimitedRow> rows)
    {
        string[]? names = null;
        foreach (var row in rows)
        {
            if (names is null)
            {
                names = [.. row.Fields.Select(field => field.Trim().ToLowerInvariant())];
                if (names.Any(name => Known.Contains(name)))
                    continue;
                names = names.Length switch
                {
                    2 => ["text", "label"],
                    3 => ["sentence1", "sentence2", "score"],
                    var count => throw new CdeException($"{path} line {row.Line}: {count} columns without a header line; expected 2 (text, label) or 3 (sentence1, sentence2, score)"),
                };
            }

            if (row.Fields.Count != names.Length)
                throw new CdeException($"{path} line {row.Line}: {row.Fields.Count} columns; expected {names.Length} ({string.Join(", ", names)})");
            yield return new TaskRecord($"{path} line {row.Line}", names.Zip(row.Fields).ToDictionary(pair => pair.First, pair => JsonSerializer.SerializeToElement(pair.Second), StringComparer.OrdinalIgnoreCase));
        }
    }
}
