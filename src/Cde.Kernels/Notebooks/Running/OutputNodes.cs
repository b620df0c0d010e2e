using System.Text.Json;
using System.Text.Json.Nodes;
using Cde.Kernels.Cells;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;

namespace Cde.Kernels.Notebooks;

/// <summary>What a cell shows, as nbformat stores it. Keys stand in the order of the alphabet, as Jupyter writes them.</summary>
internal static class OutputNodes
{
    private static readonly string[] SplitTypes = ["application/javascript", "image/svg+xml"];

    /// <summary>Text on a stream.</summary>
    public static JsonObject Stream(OutputStream stream, string text) => new()
    {
        ["name"] = stream == OutputStream.Output ? "stdout" : "stderr",
        ["output_type"] = "stream",
        ["text"] = MultilineText.Split(text),
    };

    /// <summary>Something shown.</summary>
    public static JsonObject Display(MimeBundle bundle) => new()
    {
        ["data"] = Data(bundle),
        ["metadata"] = new JsonObject(),
        ["output_type"] = "display_data",
    };

    /// <summary>The value of the last expression.</summary>
    public static JsonObject Result(MimeBundle bundle, int executionCount) => new()
    {
        ["data"] = Data(bundle),
        ["execution_count"] = executionCount,
        ["metadata"] = new JsonObject(),
        ["output_type"] = "execute_result",
    };

    /// <summary>Why a cell failed. Front ends show the traceback alone, which begins with the reason.</summary>
    public static JsonObject Error(CellError error) => new()
    {
        ["ename"] = error.Name,
        ["evalue"] = error.Message,
        ["output_type"] = "error",
        ["traceback"] = new JsonArray([.. ErrorText.Lines(error).Select(line => (JsonNode)line)]),
    };

    /// <summary>A bundle's forms: JSON as JSON, texts that people read as lists of lines, the rest (images) as one string.</summary>
    public static JsonObject Data(MimeBundle bundle)
    {
        var data = new JsonObject();
        foreach (var (type, content) in bundle.OrderBy(form => form.Key, StringComparer.Ordinal))
            data[type] = IsJson(type) && Parse(content) is { } json ? json : IsSplit(type) ? MultilineText.Split(content) : content;
        return data;
    }

    private static bool IsJson(string type) =>
        type == "application/json" || (type.StartsWith("application/", StringComparison.Ordinal) && type.EndsWith("+json", StringComparison.Ordinal));

    private static bool IsSplit(string type) => type.StartsWith("text/", StringComparison.Ordinal) || SplitTypes.Contains(type, StringComparer.Ordinal);

    private static JsonNode? Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { MaxDepth = IpynbReader.MaxDepth / 2 });
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
