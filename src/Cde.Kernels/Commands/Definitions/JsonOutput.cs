using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cde.Kernels.Commands;

/// <summary>A result as one JSON object with the keys <c>command</c>, <c>result</c> and <c>provenance</c>.</summary>
public static class JsonOutput
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>The object, indented, ending with a line break.</summary>
    public static string Write(string command, CommandResult result)
    {
        var document = new Dictionary<string, object>
        {
            ["command"] = command,
            ["result"] = result,
            ["provenance"] = result.Provenance,
        };
        return JsonSerializer.Serialize(document, Options) + "\n";
    }
}
