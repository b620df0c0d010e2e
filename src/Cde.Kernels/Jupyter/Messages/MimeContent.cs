using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cde.Kernels.Jupyter;

/// <summary>Bundles as messages carry them: by media type, JSON types as JSON and everything else as text.</summary>
internal static class MimeContent
{
    /// <summary>The <c>data</c> of a bundle.</summary>
    public static JsonObject Of(IEnumerable<KeyValuePair<string, string>> bundle)
    {
        var data = new JsonObject();
        foreach (var (type, text) in bundle)
            data[type] = IsJson(type) ? Parse(text) : text;
        return data;
    }

    private static bool IsJson(string type) => type == "application/json" || type.EndsWith("+json", StringComparison.Ordinal);

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text; // a formatter's mistake is better seen than lost
        }
    }
}
