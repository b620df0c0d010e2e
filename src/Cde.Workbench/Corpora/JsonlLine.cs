using System.Text.Json;

namespace Cde.Workbench.Corpora;

/// <summary>
/// Reads one line of a JSONL corpus: an object with an id (<c>_id</c>, <c>id</c>, <c>doc_id</c> or <c>docid</c>: a text or a whole
/// number), a text (<c>text</c> or <c>contents</c>) and perhaps a <c>title</c>. Other fields are skipped.
/// </summary>
internal static class JsonlLine
{
    /// <summary>The document on a line; the messages say where it stands.</summary>
    /// <param name="where">Names file and line, asked only when something is wrong.</param>
    /// <param name="line">The line, without its end.</param>
    public static Document Read(Func<string> where, ReadOnlySpan<byte> line)
    {
        string? id = null, title = null, text = null;
        var reader = new Utf8JsonReader(line);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw new CdeException($"{where()}: not a JSON object");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (IsId(ref reader))
                    id = ReadId(where, ref reader);
                else if (reader.ValueTextEquals("text"u8) || reader.ValueTextEquals("contents"u8))
                    text = ReadText(where, ref reader, "text");
                else if (reader.ValueTextEquals("title"u8))
                    title = ReadText(where, ref reader, "title");
                else
                    SkipValue(ref reader);
            }

            reader.Read(); // throws where something follows the object
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            var reason = failure is JsonException ? Shorten(failure.Message) : "a text in it is not valid UTF-8";
            throw new CdeException($"{where()}: not valid JSON: {reason}", failure);
        }

        if (string.IsNullOrEmpty(id))
            throw new CdeException($"{where()}: field \"_id\" is {(id is null ? "missing" : "empty")} (expected a text)");
        return new Document(id, text ?? throw new CdeException($"{where()}: field \"text\" is missing (expected a text)"), title);
    }

    /// <summary>The id on a line that was read whole before: the rest of the line is not looked at.</summary>
    public static string ReadId(Func<string> where, ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (IsId(ref reader))
                return ReadId(where, ref reader);
            SkipValue(ref reader);
        }

        throw new CdeException($"{where()}: field \"_id\" is missing; the file changed while it was open");
    }

    private static bool IsId(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("_id"u8) || reader.ValueTextEquals("id"u8) || reader.ValueTextEquals("doc_id"u8) || reader.ValueTextEquals("docid"u8);

    private static string ReadId(Func<string> where, ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString()!,
            JsonTokenType.Number when reader.TryGetInt64(out var number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => throw new CdeException($"{where()}: field \"_id\" is {Describe(reader.TokenType)} (expected a text or a whole number)"),
        };
    }

    private static string? ReadText(Func<string> where, ref Utf8JsonReader reader, string field)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Null => null,
            _ => throw new CdeException($"{where()}: field \"{field}\" is {Describe(reader.TokenType)} (expected a text)"),
        };
    }

    private static void SkipValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    private static string Describe(JsonTokenType type) => type switch
    {
        JsonTokenType.StartArray => "a list",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.Null => "null",
        JsonTokenType.Number => "a number",
        _ => "no text",
    };

    // The serializer's line number counts within this one line.
    private static string Shorten(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).ReplaceLineEndings(" ");
    }
}
