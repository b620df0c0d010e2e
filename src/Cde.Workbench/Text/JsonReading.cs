using System.Text.Json;

namespace Cde.Workbench.Text;

/// <summary>Reads the JSON files of a tokenizer, with messages that name the file and the field.</summary>
internal static class JsonReading
{
    // The largest tokenizer.json in use (a 250,000-piece vocabulary with merges) has some 30 MB.
    private const long MaxBytes = 256L << 20;

    /// <summary>Opens a file whose root is an object.</summary>
    internal static JsonDocument Open(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaxBytes)
                throw new CdeException($"{path} is larger than {MaxBytes >> 20} MB, the most that a tokenizer file may have");
            using var stream = File.OpenRead(path);
            var document = JsonDocument.Parse(stream);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
            throw new CdeException($"{path}: expected a JSON object");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CdeException($"{path} cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Reads a file's content with <paramref name="read"/>; a text in it that is no Unicode is refused with the file's name.</summary>
    internal static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is InvalidOperationException or FormatException or JsonException)
        {
            throw new CdeException($"{path} cannot be read: {failure.Message.ReplaceLineEndings(" ")}", failure);
        }
    }

    /// <summary>A field that is there and not null.</summary>
    internal static JsonElement? Field(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    /// <summary>A text field, or null.</summary>
    internal static string? Text(JsonElement parent, string name) =>
        Field(parent, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>A yes-or-no field, or null.</summary>
    internal static bool? Flag(JsonElement parent, string name) =>
        Field(parent, name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value ? value.GetBoolean() : null;

    /// <summary>A whole-number field that fits, or null (transformers writes 1e30 for "no limit").</summary>
    internal static int? Number(JsonElement parent, string name) =>
        Field(parent, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    /// <summary>A token: its text, or an object with the field "content".</summary>
    internal static string? Token(JsonElement parent, string name) =>
        Field(parent, name) is { ValueKind: JsonValueKind.Object } value ? Text(value, "content") : Text(parent, name);
}
