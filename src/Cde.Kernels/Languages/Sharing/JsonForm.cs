using System.Data;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cde.Workbench;

namespace Cde.Kernels.Languages;

/// <summary>Values as JSON, as they pass between languages: property names as they are, enumeration members by name, tables as lists of objects.</summary>
public static class JsonForm
{
    /// <summary>The longest JSON that is written. <value>64 Mi characters: a larger value belongs into a file.</value></summary>
    public const int MaxLength = 64 * 1024 * 1024;

    private static readonly JsonSerializerOptions Json = Options(notANumber: "null");

    private static readonly JsonSerializerOptions JavaScript = Options(notANumber: null);

    /// <summary>Writes a value. NaN and infinities become null, as <c>JSON.stringify</c> has it.</summary>
    /// <param name="value">The value.</param>
    /// <param name="origin">What errors call it, such as <c>csharp:total</c>.</param>
    /// <exception cref="CdeException">It cannot be written: a cycle, a type that JSON has no form for, a property that throws, too long.</exception>
    public static string Write(object? value, string origin) => Write(value, origin, Json);

    /// <summary>Writes a value as a JavaScript expression: JSON, with <c>NaN</c> and <c>Infinity</c> as they are.</summary>
    /// <param name="value">The value.</param>
    /// <param name="origin">What errors call it.</param>
    /// <exception cref="CdeException">It cannot be written.</exception>
    public static string WriteJavaScript(object? value, string origin) => Write(value, origin, JavaScript);

    /// <summary>Reads JSON: a text, a number (long where it is whole, else double), a truth value, null, or else a <see cref="JsonElement"/>.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static object? Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return root.ValueKind switch
        {
            JsonValueKind.String => root.GetString(),
            JsonValueKind.Number => root.TryGetInt64(out var whole) ? (object)whole : root.GetDouble(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Null => null,
            _ => root.Clone(),
        };
    }

    private static string Write(object? value, string origin, JsonSerializerOptions options)
    {
        string json;
        try
        {
            json = JsonSerializer.Serialize(value, value?.GetType() ?? typeof(object), options);
        }
        catch (Exception error) when (error is not (OperationCanceledException or ThreadInterruptedException or ThreadAbortException or OutOfMemoryException))
        {
            throw new CdeException(
                $"{origin} ({value!.GetType().Name}) cannot be written as JSON: {FirstSentence(error)}; share a list or a record of the parts that matter", error);
        }

        return json.Length <= MaxLength
            ? json
            : throw new CdeException($"{origin} is {json.Length / (1024 * 1024)} Mi characters of JSON, at most {MaxLength / (1024 * 1024)} are passed on; share a part, or write a file and share its name");
    }

    private static string FirstSentence(Exception error)
    {
        var line = error.Message.Split('\n')[0].Trim();
        var end = line.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? line : line[..end]).TrimEnd('.');
    }

    private static JsonSerializerOptions Options(string? notANumber) => new()
    {
        IncludeFields = true,
        Encoder = JavaScriptEncoder.Default,
        Converters = { new JsonStringEnumConverter(), new TableConverter(), new FloatConverter<double>(notANumber), new FloatConverter<float>(notANumber), new FloatConverter<Half>(notANumber) },
    };

    /// <summary>Finite numbers as they are; the others, which JSON lacks, as a literal of the language that reads them.</summary>
    private sealed class FloatConverter<T>(string? notANumber) : JsonConverter<T> where T : System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteRawValue(
            T.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture)
            : notANumber ?? (T.IsNaN(value) ? "NaN" : T.IsPositive(value) ? "Infinity" : "-Infinity"),
            skipInputValidation: true);
    }

    private sealed class TableConverter : JsonConverter<DataTable>
    {
        public override DataTable Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, DataTable value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (DataRow row in value.Rows)
            {
                writer.WriteStartObject();
                foreach (DataColumn column in value.Columns)
                {
                    writer.WritePropertyName(column.ColumnName);
                    var cell = row[column] is DBNull ? null : row[column];
                    JsonSerializer.Serialize(writer, cell, cell?.GetType() ?? typeof(object), options);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }
    }
}
