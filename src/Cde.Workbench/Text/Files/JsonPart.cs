using System.Text.Json;

namespace Cde.Workbench.Text.Files;

/// <summary>
/// One object of a tokenizer's JSON file, with its place for messages. It remembers which fields were read: what nobody read is refused by
/// <see cref="RefuseUnread"/>, so that nothing is skipped silently.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="field">The path of this object inside the file; empty for the root.</param>
/// <param name="element">The object.</param>
internal sealed class JsonPart(string file, string field, JsonElement element)
{
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    /// <summary>The file.</summary>
    internal string File => file;

    /// <summary>The object itself.</summary>
    internal JsonElement Element => element;

    /// <summary>The field "type".</summary>
    internal string Kind => OptionalText("type") ?? throw Refuse("it has no \"type\" (expected a text)");

    /// <summary>Whether a field is there and not null.</summary>
    internal bool Has(string name) => Find(name) is not null;

    /// <summary>A text that must be there.</summary>
    internal string Text(string name) => OptionalText(name) ?? throw Refuse($"field \"{name}\" is missing (expected a text)");

    /// <summary>A text, or null.</summary>
    internal string? OptionalText(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        _ => throw Refuse($"field \"{name}\" is not a text"),
    };

    /// <summary>A single character; the default where it is absent.</summary>
    internal char Character(string name, char missing) => OptionalText(name) switch
    {
        null => missing,
        { Length: 1 } text => text[0],
        _ => throw Refuse($"field \"{name}\" is not one character"),
    };

    /// <summary>Yes or no; the default where it is absent.</summary>
    internal bool Flag(string name, bool missing) => Find(name) switch
    {
        null => missing,
        { ValueKind: JsonValueKind.True or JsonValueKind.False } value => value.GetBoolean(),
        _ => throw Refuse($"field \"{name}\" is neither true nor false"),
    };

    /// <summary>A whole number, or null.</summary>
    internal int? Number(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out var number) => number,
        _ => throw Refuse($"field \"{name}\" is not a whole number"),
    };

    /// <summary>An object inside this one, or null.</summary>
    internal JsonPart? OptionalPart(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } value => new JsonPart(file, Path(name), value),
        _ => throw Refuse($"field \"{name}\" is not an object"),
    };

    /// <summary>An object inside this one.</summary>
    internal JsonPart Part(string name) => OptionalPart(name) ?? throw Refuse($"field \"{name}\" is missing (expected an object)");

    /// <summary>A list inside this object.</summary>
    internal JsonElement Array(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Array } list ? list : throw Refuse($"field \"{name}\" is missing or not a list");

    /// <summary>The objects of a list.</summary>
    internal List<JsonPart> Parts(string name) =>
        [.. Array(name).EnumerateArray().Select((item, index) => item.ValueKind == JsonValueKind.Object
            ? new JsonPart(file, $"{Path(name)}[{index}]", item)
            : throw Refuse($"field \"{name}\" holds something other than objects"))];

    /// <summary>Marks fields that do not change the ids.</summary>
    internal void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            _read.Add(name);
    }

    /// <summary>A field as it stands, or null.</summary>
    internal JsonElement? Find(string name)
    {
        _read.Add(name);
        return JsonReading.Field(element, name);
    }

    /// <summary>Refuses fields that were not read.</summary>
    internal void RefuseUnread()
    {
        foreach (var property in element.EnumerateObject())
        {
            if (!_read.Contains(property.Name))
                throw Refuse($"field \"{property.Name}\" is not known here; known are {string.Join(", ", _read.Order(StringComparer.Ordinal))}");
        }
    }

    /// <summary>A message that names the file and this object.</summary>
    internal CdeException Refuse(string rule) => new($"{file}: {(field.Length > 0 ? field + ": " : "")}{rule}");

    private string Path(string name) => field.Length > 0 ? $"{field}.{name}" : name;
}
