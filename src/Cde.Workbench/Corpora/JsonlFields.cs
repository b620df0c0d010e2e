using System.Text.Json;

namespace Cde.Workbench.Corpora;

/// <summary>What a line of a JSONL corpus says beside id, title and text: texts, numbers and truth values, of the object itself and of its object <c>metadata</c> (the form BEIR uses).</summary>
internal static class JsonlFields
{
    private const string Inner = "metadata";

    private static readonly HashSet<string> Document = ["_id", "id", "doc_id", "docid", "text", "contents", "title"];

    /// <summary>The fields of a line that was read whole before.</summary>
    public static IReadOnlyList<string> Names(ReadOnlySpan<byte> line)
    {
        using var parsed = Parse(line);
        return [.. All(parsed.RootElement).Select(property => property.Name)];
    }

    /// <summary>The value of a field as text; null where there is none.</summary>
    public static string? Value(ReadOnlySpan<byte> line, string field)
    {
        using var parsed = Parse(line);
        return All(parsed.RootElement).Where(property => property.Name == field).Select(property => property.Value.ToString()).FirstOrDefault();
    }

    private static JsonDocument Parse(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        return JsonDocument.ParseValue(ref reader);
    }

    private static IEnumerable<JsonProperty> All(JsonElement document) => document.EnumerateObject()
        .Where(property => !Document.Contains(property.Name))
        .SelectMany(property => property is { Name: Inner, Value.ValueKind: JsonValueKind.Object } ? property.Value.EnumerateObject() : (IEnumerable<JsonProperty>)[property])
        .Where(property => property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False);
}
