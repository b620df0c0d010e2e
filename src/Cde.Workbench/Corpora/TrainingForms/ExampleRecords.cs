using System.Text.Json;

namespace Cde.Workbench.Corpora;

/// <summary>The records of a file of training data, one at a time. A record that cannot be read throws when it is asked for, and the next one follows.</summary>
internal static class ExampleRecords
{
    private static readonly HashSet<string> KnownNames = [.. ExampleField.All.SelectMany(field => field.Names)];

    /// <summary>The records of a file.</summary>
    /// <exception cref="CdeException">The file cannot be read, or its extension is none of training data.</exception>
    public static IEnumerable<Func<ExampleRecord>> Read(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".JSONL" => TextLines.Read(path).Select<(int Number, string Text), Func<ExampleRecord>>(line => () => OfLine($"{path} line {line.Number}", line.Text)),
        ".JSON" => OfList(path),
        ".CSV" => OfRows(path, DelimitedRows.ReadCsv(path)),
        ".TSV" or ".TAB" or ".DATA" => OfRows(path, DelimitedRows.ReadTsv(path)),
        var other => throw new CdeException($"{path}: training data are .jsonl, .json, .csv or .tsv files, not {(other.Length == 0 ? "a file without extension" : other)}"),
    };

    private static ExampleRecord OfLine(string where, string line)
    {
        try
        {
            return ExampleRecord.Of(() => where, JsonSerializer.Deserialize<JsonElement>(line));
        }
        catch (JsonException failure)
        {
            throw new CdeException($"{where}: not valid JSON: {Reason(failure)}", failure);
        }
    }

    private static IEnumerable<Func<ExampleRecord>> OfList(string path)
    {
        JsonElement list;
        try
        {
            using var stream = File.OpenRead(path);
            list = JsonSerializer.Deserialize<JsonElement>(stream);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CdeException($"{path} cannot be read: {failure.Message}", failure);
        }
        catch (JsonException failure)
        {
            throw new CdeException($"{path} line {(failure.LineNumber ?? 0) + 1}: not valid JSON: {Reason(failure)}", failure);
        }

        if (list.ValueKind != JsonValueKind.Array)
            throw new CdeException($"{path}: not a list of records; write one record a line in a .jsonl file instead");
        var number = 0;
        foreach (var element in list.EnumerateArray())
        {
            var where = $"{path} record {++number}";
            yield return () => ExampleRecord.Of(() => where, element);
        }
    }

    private static IEnumerable<Func<ExampleRecord>> OfRows(string path, IEnumerable<DelimitedRow> rows)
    {
        IReadOnlyList<string>? names = null;
        var isFirst = true;
        foreach (var row in rows)
        {
            if (isFirst && row.Fields.All(field => KnownNames.Contains(field.Trim())))
                names = [.. row.Fields.Select(field => field.Trim())];
            else
                yield return () => ExampleRecord.Of(() => $"{path} line {row.Line}", names, row.Fields);
            isFirst = false;
        }
    }

    // The serializer's position counts within one line.
    private static string Reason(JsonException failure)
    {
        var end = failure.Message.IndexOf(" Path:", StringComparison.Ordinal);
        end = end < 0 ? failure.Message.IndexOf(" LineNumber:", StringComparison.Ordinal) : end;
        return (end < 0 ? failure.Message : failure.Message[..end]).ReplaceLineEndings(" ");
    }
}
