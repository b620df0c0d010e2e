using System.Text.Json;

namespace Cde.Workbench.Models.Zoo;

/// <summary>
/// One JSON object of a data file, read field by field: a field that is missing, of the wrong type or unknown is named with the entry that it stands in.
/// </summary>
internal sealed class CheckedFields
{
    private readonly JsonElement entry;
    private readonly HashSet<string> read = [];

    private CheckedFields(string place, JsonElement entry) => (Place, this.entry) = (place, entry);

    /// <summary>File and entry, for errors.</summary>
    public string Place { get; private set; }

    /// <summary>The objects of the list <paramref name="key"/> in a file.</summary>
    /// <param name="path">The file, for errors.</param>
    /// <param name="json">UTF-8.</param>
    /// <param name="key">The only field of the file besides "source".</param>
    /// <exception cref="CdeException">It is no JSON, or has no such list of objects.</exception>
    public static IReadOnlyList<CheckedFields> List(string path, ReadOnlyMemory<byte> json, string key)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty(key, out var list) || list.ValueKind != JsonValueKind.Array)
                throw new CdeException($"{path}: expected an object with the list \"{key}\"");
            return [.. list.EnumerateArray().Select((entry, number) => entry.ValueKind == JsonValueKind.Object
                ? new CheckedFields($"{path}: {key}[{number}]", entry.Clone())
                : throw new CdeException($"{path}: {key}[{number}] is {entry.ValueKind}, expected an object"))];
        }
        catch (JsonException error)
        {
            throw new CdeException($"{path}: not valid JSON at line {error.LineNumber + 1}", error);
        }
    }

    /// <summary>Says in errors which entry it is.</summary>
    public void Name(string name) => Place = $"{Place} (\"{name}\")";

    /// <summary>A text that has to be there.</summary>
    public string Text(string field) => OptionalText(field) ?? throw Missing(field, "a text");

    /// <summary>A text; null where the field is absent.</summary>
    public string? OptionalText(string field)
    {
        if (Find(field) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : throw Wrong(field, value, "a text");
    }

    /// <summary>A whole number from 1 that has to be there.</summary>
    public int Int(string field) => Find(field) is not { } value ? throw Missing(field, "a whole number")
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number > 0 ? number
        : throw Wrong(field, value, "a whole number from 1");

    /// <summary>A number above 0 that has to be there.</summary>
    public double Positive(string field) => Find(field) is not { } value ? throw Missing(field, "a number")
        : value.ValueKind == JsonValueKind.Number && value.GetDouble() is > 0 and < double.PositiveInfinity and var number ? number
        : throw Wrong(field, value, "a number above 0");

    /// <summary>A switch that has to be there.</summary>
    public bool Flag(string field) => Find(field) is not { } value ? throw Missing(field, "true or false")
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : throw Wrong(field, value, "true or false");

    /// <summary>A word of a list, as the value that it stands for.</summary>
    public T Choice<T>(string field, string word, IReadOnlyDictionary<string, T> choices) => choices.TryGetValue(word, out var choice)
        ? choice
        : throw new CdeException($"{Place}: \"{field}\" is \"{word}\", expected {string.Join(", ", choices.Keys)}");

    /// <summary>Whole numbers from 1; none where the field is absent.</summary>
    public IReadOnlyList<int> Ints(string field) =>
        [.. Items(field).Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var number) && number > 0 ? number : throw Wrong(field, item, "whole numbers from 1"))];

    /// <summary>Numbers; none where the field is absent.</summary>
    public float[] Floats(string field) =>
        [.. Items(field).Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetSingle(out var number) && float.IsFinite(number) ? number : throw Wrong(field, item, "numbers"))];

    /// <summary>Texts by name; none where the field is absent.</summary>
    public IReadOnlyDictionary<string, string> Texts(string field) => Find(field) switch
    {
        null => new Dictionary<string, string>(),
        { ValueKind: JsonValueKind.Object } map => map.EnumerateObject().ToDictionary(
            item => item.Name, item => item.Value.ValueKind == JsonValueKind.String ? item.Value.GetString()! : throw Wrong($"{field}.{item.Name}", item.Value, "a text")),
        { } other => throw Wrong(field, other, "an object of texts"),
    };

    /// <summary>Refuses a field that nothing asked for.</summary>
    /// <exception cref="CdeException">There is one; it is named with the nearest known names.</exception>
    public void RequireNoOthers()
    {
        if (entry.EnumerateObject().Select(item => item.Name).FirstOrDefault(name => !read.Contains(name)) is { } stranger)
            throw new CdeException($"{Place}: \"{stranger}\" is no field of such an entry; {NearestNames.Suggest(stranger, read)}");
    }

    private IEnumerable<JsonElement> Items(string field) => Find(field) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
        { } other => throw Wrong(field, other, "a list"),
    };

    private JsonElement? Find(string field)
    {
        read.Add(field);
        return entry.TryGetProperty(field, out var value) ? value : null;
    }

    private CdeException Missing(string field, string expected) => new($"{Place}: \"{field}\" is missing (expected {expected})");

    private CdeException Wrong(string field, JsonElement found, string expected) => new($"{Place}: \"{field}\" is {found.GetRawText()}, expected {expected}");
}
