using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Cde.Kernels.Notebooks;

/// <summary>Reading and changing JSON objects whose shape nobody promises.</summary>
internal static partial class JsonNodes
{
    /// <summary>The text under a path of keys; null where anything on the way is missing or something else.</summary>
    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
            node = (node as JsonObject)?[key];
        if (node is not JsonValue value || value.GetValueKind() != JsonValueKind.String)
            return null;
        try
        {
            return (string)value!;
        }
        catch (InvalidOperationException)
        {
            // JavaScript writes half of a surrogate pair as an escape; in memory U+FFFD stands for it. The file keeps its own.
            return JsonSerializer.Deserialize<string>(HalfPair().Replace(value.GetValue<JsonElement>().GetRawText(), "\\ufffd"));
        }
    }

    /// <summary>The object under a key; made where there is none.</summary>
    public static JsonObject Child(this JsonObject map, string key) => map[key] as JsonObject ?? map.Place(key, new JsonObject());

    /// <summary>Sets a key. A new one goes where the alphabet puts it if the keys are sorted, as Jupyter's are, and to the end if they are not.</summary>
    /// <returns>The value.</returns>
    public static T Place<T>(this JsonObject map, string key, T value)
    {
        var node = value is null ? null : value as JsonNode ?? JsonValue.Create(value);
        if (map.ContainsKey(key))
        {
            map[key] = node;
            return value;
        }

        var names = map.Select(property => property.Key).ToList();
        var isSorted = names.Zip(names.Skip(1), string.CompareOrdinal).All(order => order < 0);
        var at = isSorted ? names.FindIndex(name => string.CompareOrdinal(name, key) > 0) : -1;
        map.Insert(at < 0 ? names.Count : at, key, node);
        return value;
    }

    /// <summary>The whole number that a node is; null where it is something else.</summary>
    public static long? Whole(this JsonNode? node) =>
        node is JsonValue value ? value.TryGetValue<long>(out var big) ? big : value.TryGetValue<int>(out var small) ? small : null : null;

    /// <summary>What a node is, as people say it.</summary>
    public static string Describe(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject => "an object",
        JsonArray => "a list",
        _ => node.GetValueKind() switch
        {
            JsonValueKind.String => "a text",
            JsonValueKind.Number => "a number",
            JsonValueKind.True or JsonValueKind.False => "true or false",
            _ => "something else",
        },
    };

    [GeneratedRegex(@"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}")]
    private static partial Regex HalfPair();
}
