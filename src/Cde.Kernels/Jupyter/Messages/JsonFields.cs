using System.Text.Json;

namespace Cde.Kernels.Jupyter;

/// <summary>Fields of a message's content, with what stands for those that are missing or of another type.</summary>
internal static class JsonFields
{
    /// <summary>A text.</summary>
    public static string TextOr(this JsonElement content, string field, string otherwise)
    {
        if (!Has(content, field, JsonValueKind.String, out var value))
            return otherwise;
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return otherwise; // half of a surrogate pair, written as an escape
        }
    }

    /// <summary>A text that must be there.</summary>
    /// <exception cref="ProtocolException">It is not.</exception>
    public static string Text(this JsonElement content, string field) =>
        Has(content, field, JsonValueKind.String, out var value) ? value.GetString()! : throw new ProtocolException($"the request's field \"{field}\" is missing (expected a string)");

    /// <summary>Yes or no.</summary>
    public static bool FlagOr(this JsonElement content, string field, bool otherwise) =>
        content.TryGetProperty(field, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : otherwise;

    /// <summary>A whole number; null where there is none.</summary>
    public static int? Number(this JsonElement content, string field) =>
        Has(content, field, JsonValueKind.Number, out var value) && value.TryGetInt32(out var number) ? number : null;

    /// <summary>The fields of an object; none where there is no object.</summary>
    public static IEnumerable<JsonProperty> Fields(this JsonElement content, string field) =>
        Has(content, field, JsonValueKind.Object, out var value) ? value.EnumerateObject() : [];

    /// <summary>An object, or an empty one.</summary>
    public static JsonElement ObjectOrEmpty(this JsonElement content, string field) =>
        Has(content, field, JsonValueKind.Object, out var value) ? value : JsonElement.Parse("{}");

    private static bool Has(JsonElement content, string field, JsonValueKind kind, out JsonElement value) =>
        content.TryGetProperty(field, out value) && value.ValueKind == kind;
}
