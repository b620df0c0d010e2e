using System.Text.Json;

namespace Cde.Workbench.Models;

/// <summary>A JSON configuration file read key by key, with errors that name the file and the key.</summary>
public sealed class JsonConfig
{
    private readonly JsonElement root;

    private JsonConfig(string path, JsonElement root)
    {
        Path = path;
        this.root = root;
    }

    /// <summary>The file, or file and key, that messages name.</summary>
    public string Path { get; }

    /// <summary>Reads a file that holds one JSON object.</summary>
    /// <exception cref="CdeException">The file is missing or is no JSON object.</exception>
    public static JsonConfig Read(string path)
    {
        if (!File.Exists(path))
            throw new CdeException($"{path}: the file is missing (a model folder needs it)");
        return Parse(path, File.ReadAllBytes(path));
    }

    /// <summary>Reads one JSON object.</summary>
    /// <param name="path">The file that messages name.</param>
    /// <param name="json">UTF-8.</param>
    /// <exception cref="CdeException">It is no JSON object.</exception>
    public static JsonConfig Parse(string path, ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new CdeException($"{path}: expected a JSON object, found {document.RootElement.ValueKind}");
            return new JsonConfig(path, document.RootElement.Clone());
        }
        catch (JsonException error)
        {
            throw new CdeException($"{path}: not valid JSON at line {error.LineNumber + 1}", error);
        }
    }

    /// <summary>How many members the object has.</summary>
    public int Count => root.EnumerateObject().Count();

    /// <summary>The object under <paramref name="key"/>, or null.</summary>
    public JsonConfig? Section(string key) =>
        root.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Object ? new JsonConfig($"{Path}: {key}", value) : null;

    /// <summary>Whether one of the keys is there and not null.</summary>
    public bool Has(params string[] keys) => Find(keys) is not null;

    /// <summary>The first of the keys that is there, as a whole number from <paramref name="least"/> to 10 million.</summary>
    public int Int(string[] keys, int? fallback = null, int least = 1)
    {
        if (Find(keys) is not { } value)
            return fallback ?? throw new CdeException($"{Path}: \"{keys[0]}\" is missing (a whole number is expected)");
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number) || number != Math.Floor(number) || number < least || number > 10_000_000)
            throw new CdeException($"{Path}: \"{keys[0]}\" is {value.GetRawText()}, expected a whole number from {least} to 10000000");
        return (int)number;
    }

    /// <summary>The first of the keys that is there, as a number.</summary>
    public double Number(string[] keys, double fallback)
    {
        if (Find(keys) is not { } value)
            return fallback;
        if (value.ValueKind != JsonValueKind.Number || !double.IsFinite(value.GetDouble()))
            throw new CdeException($"{Path}: \"{keys[0]}\" is {value.GetRawText()}, expected a number");
        return value.GetDouble();
    }

    /// <summary>A switch.</summary>
    public bool Flag(string key, bool fallback)
    {
        if (Find([key]) is not { } value)
            return fallback;
        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw new CdeException($"{Path}: \"{key}\" is {value.GetRawText()}, expected true or false"),
        };
    }

    /// <summary>A text, or <paramref name="fallback"/>.</summary>
    public string Text(string[] keys, string fallback)
    {
        if (Find(keys) is not { } value)
            return fallback;
        return value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new CdeException($"{Path}: \"{keys[0]}\" is {value.GetRawText()}, expected a text");
    }

    /// <summary>Refuses a configuration whose <paramref name="key"/> is there and none of <paramref name="computed"/>.</summary>
    /// <exception cref="CdeException">It asks for something that is not computed here.</exception>
    public void Expect(string key, params ReadOnlySpan<string> computed)
    {
        if (Text([key], computed[0]) is var found && !computed.Contains(found))
            throw new CdeException($"{Path}: \"{key}\" is \"{found}\", which is not computed here; {string.Join(" and ", computed.ToArray().Select(name => $"\"{name}\""))} {(computed.Length == 1 ? "is" : "are")}");
    }

    /// <summary>Refuses a configuration whose switch <paramref name="key"/> is on.</summary>
    /// <exception cref="CdeException">It asks for something that is not computed here.</exception>
    public void ExpectOff(string key)
    {
        if (Flag(key, false))
            throw new CdeException($"{Path}: \"{key}\" is true, which is not computed here; the variant without it is");
    }

    /// <summary>The texts of an array, or none.</summary>
    public IReadOnlyList<string> Texts(string key) =>
        Find([key]) is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
            : [];

    /// <summary>The whole numbers of an array, or none.</summary>
    /// <exception cref="CdeException">An element is no positive whole number.</exception>
    public IReadOnlyList<int> Ints(string key) => Find([key]) is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var number) && number > 0
            ? number
            : throw new CdeException($"{Path}: \"{key}\" holds {item.GetRawText()}, expected whole numbers from 1"))]
        : [];

    /// <summary>The text members of an object, or none.</summary>
    public IReadOnlyDictionary<string, string> TextMap(string key) =>
        Find([key]) is { ValueKind: JsonValueKind.Object } map
            ? map.EnumerateObject().Where(item => item.Value.ValueKind == JsonValueKind.String).ToDictionary(item => item.Name, item => item.Value.GetString()!)
            : new Dictionary<string, string>();

    private JsonElement? Find(string[] keys)
    {
        foreach (var key in keys)
        {
            if (root.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null)
                return value;
        }

        return null;
    }
}
