using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cde.Workbench.Training;

/// <summary>Checks the names and types of a configuration before it is read, so that every refusal names the option.</summary>
internal static class ConfigurationCheck
{
    /// <summary>Passes where every name is an option and every value of its type.</summary>
    /// <exception cref="CdeException">Names the first that is not.</exception>
    public static void Require(JsonObject root, string source) => Section(root, "", source);

    private static void Section(JsonObject json, string above, string source)
    {
        foreach (var (name, value) in json)
        {
            var path = above + name;
            if (OptionEntry.All.FirstOrDefault(entry => entry.Path == path) is { } entry)
                Value(entry, value, source);
            else if (OptionEntry.All.Any(entry => entry.Path.StartsWith(path + ".", StringComparison.Ordinal)))
                Section(value as JsonObject ?? throw new CdeException($"{source}: {path} is {Shown(value)}, expected an object of options"), path + ".", source);
            else
                throw new CdeException($"{source}: {path} is no training option; {NearestNames.Suggest(path, Known(above))}");
        }
    }

    /// <summary>Names on the level that was looked at, then all paths.</summary>
    private static IEnumerable<string> Known(string above)
    {
        var inside = OptionEntry.All.Where(entry => entry.Path.StartsWith(above, StringComparison.Ordinal)).Select(entry => entry.Path);
        var sections = OptionEntry.All.Where(entry => entry.Path.Contains('.', StringComparison.Ordinal)).Select(entry => entry.Path[..entry.Path.IndexOf('.', StringComparison.Ordinal)]);
        return above.Length > 0 ? inside.Concat(OptionEntry.All.Select(entry => entry.Path)) : sections.Concat(inside);
    }

    private static void Value(OptionEntry entry, JsonNode? value, string source)
    {
        if (!Fits(entry, value))
            throw new CdeException($"{source}: {entry.Path} is {Shown(value)}, expected {entry.Expected}");
    }

    private static bool Fits(OptionEntry entry, JsonNode? value)
    {
        if (value is null)
            return entry.IsOptional;
        var (kind, type) = (value.GetValueKind(), entry.Type);
        if (type == typeof(bool))
            return kind is JsonValueKind.True or JsonValueKind.False;
        if (type == typeof(string))
            return kind == JsonValueKind.String;
        if (type.IsEnum)
            return kind == JsonValueKind.String && entry.Choices.Contains(value.GetValue<string>());
        if (type == typeof(IReadOnlyList<string>))
            return value is JsonArray list && list.All(item => item?.GetValueKind() == JsonValueKind.String);
        if (type == typeof(JsonElement))
            return kind == JsonValueKind.Object;
        if (type == typeof(IReadOnlyDictionary<string, double>))
            return value is JsonObject map && map.All(item => item.Value?.GetValueKind() == JsonValueKind.Number);
        if (kind != JsonValueKind.Number)
            return false;
        var number = value.Deserialize<JsonElement>();
        return type == typeof(double) ? number.TryGetDouble(out var real) && double.IsFinite(real)
            : type == typeof(int) ? number.TryGetInt32(out _) : number.TryGetInt64(out _);
    }

    private static string Shown(JsonNode? value) => value?.ToJsonString() ?? "null";
}
