using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cde.Workbench.Training;

/// <summary>The JSON schema (2020-12) of a training configuration, made from the options' declarations, so that editors complete and check the file.</summary>
public static class TrainingSchema
{
    /// <summary>The schema as indented JSON.</summary>
    public static string Json { get; } = Build().ToJsonString(OptionText.Json) + "\n";

    private static JsonObject Build()
    {
        var root = Section();
        root["$schema"] = "https://json-schema.org/draft/2020-12/schema";
        root["title"] = "Options of a training run of Cde Workbench";
        ((JsonObject)root["properties"]!)["$schema"] = new JsonObject { ["type"] = "string" };
        foreach (var entry in OptionEntry.All)
        {
            var names = entry.Path.Split('.');
            var at = root;
            foreach (var name in names.SkipLast(1))
            {
                var properties = (JsonObject)at["properties"]!;
                at = (JsonObject)(properties[name] ??= Section());
            }

            ((JsonObject)at["properties"]!)[names[^1]] = Describe(entry);
        }

        return root;
    }

    private static JsonObject Section() => new() { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = new JsonObject() };

    private static JsonObject Describe(OptionEntry entry)
    {
        var type = entry.Type == typeof(int) || entry.Type == typeof(long) ? "integer"
            : entry.Type == typeof(double) ? "number"
            : entry.Type == typeof(bool) ? "boolean"
            : entry.Type == typeof(IReadOnlyList<string>) ? "array"
            : entry.Type == typeof(string) || entry.Type.IsEnum ? "string" : "object";
        var json = new JsonObject
        {
            ["description"] = entry.Description,
            ["type"] = entry.IsOptional ? new JsonArray(type, "null") : JsonValue.Create(type),
            ["default"] = JsonSerializer.SerializeToNode(entry.Default, OptionText.Json),
        };
        if (entry.Bounds is { } bounds)
            (json["minimum"], json["maximum"]) = (bounds.Least, bounds.Greatest);
        if (entry.Choices.Count > 0)
            json["enum"] = new JsonArray([.. entry.Choices.Select(choice => JsonValue.Create(choice))]);
        if (type == "array")
            json["items"] = new JsonObject { ["type"] = "string" };
        if (entry.Type == typeof(IReadOnlyDictionary<string, double>))
            json["additionalProperties"] = new JsonObject { ["type"] = "number" };
        if (entry.Path == "loss.name")
            json["enum"] = new JsonArray([.. Losses.LossCatalog.All.Select(loss => JsonValue.Create(loss.Name))]);
        return json;
    }
}
