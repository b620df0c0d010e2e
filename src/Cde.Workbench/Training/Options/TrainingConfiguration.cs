using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cde.Workbench.Training;

/// <summary>Training options as one JSON file: read with every unknown, mistyped or contradictory value refused by name, written with every value shown.</summary>
public static class TrainingConfiguration
{
    /// <summary>Reads a file. What it leaves out has its default.</summary>
    /// <exception cref="CdeException">It is missing or no JSON, or an option is unknown, of another type, out of range, or contradicts another.</exception>
    public static TrainingOptions Read(string path)
    {
        if (!File.Exists(path))
            throw new CdeException($"{path}: there is no such file; \"train --show-config\" prints one with every default");
        return Parse(File.ReadAllText(path), path);
    }

    /// <summary>Reads JSON.</summary>
    /// <param name="json">An object; comments and trailing commas are let pass.</param>
    /// <param name="source">What messages call it.</param>
    /// <exception cref="CdeException">As <see cref="Read"/>.</exception>
    public static TrainingOptions Parse(string json, string source = "training options")
    {
        JsonNode? node;
        try
        {
            node = JsonNode.Parse(json, null, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false });
        }
        catch (JsonException error)
        {
            throw new CdeException($"{source}: not valid JSON at line {error.LineNumber + 1}: {error.Message}", error);
        }

        return From(node as JsonObject ?? throw new CdeException($"{source}: expected a JSON object"), source);
    }

    /// <summary>The options with some changed: <c>optimizer.learningRate=1e-4</c>. Values are JSON, or a text as it stands.</summary>
    /// <exception cref="CdeException">A name is unknown, or a value does not fit.</exception>
    public static TrainingOptions With(TrainingOptions options, IEnumerable<string> assignments)
    {
        var root = ToJson(options);
        foreach (var assignment in assignments)
        {
            var equals = assignment.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
                throw new CdeException($"{assignment}: expected NAME=VALUE, such as optimizer.learningRate=1e-4");
            var (path, text) = (assignment[..equals].Trim(), assignment[(equals + 1)..].Trim());
            var (entry, inside) = Find(path);
            var names = entry.Path.Split('.');
            var section = names.SkipLast(1).Aggregate(root, (at, name) => (JsonObject)at[name]!);
            if (inside is null)
                section[names[^1]] = Value(text, entry.Type);
            else
                (section[names[^1]] as JsonObject ?? (JsonObject)(section[names[^1]] = new JsonObject()))[inside] = Value(text, typeof(JsonElement));
        }

        return From(root, "training options");
    }

    /// <summary>Every option with its value, as an indented JSON object.</summary>
    public static string Write(TrainingOptions options) => ToJson(options).ToJsonString(OptionText.Json) + "\n";

    /// <summary>The first option that differs, in words; null where all are the same.</summary>
    /// <param name="saved">What was.</param>
    /// <param name="now">What is wanted.</param>
    /// <param name="except">Paths that may differ.</param>
    public static string? Difference(TrainingOptions saved, TrainingOptions now, params IReadOnlyList<string> except)
    {
        foreach (var entry in OptionEntry.All.Where(entry => !except.Contains(entry.Path)))
        {
            var (was, wants) = (OptionText.Show(entry.Value(saved)), OptionText.Show(entry.Value(now)));
            if (was != wants)
                return $"{entry.Path} was {was}, now {wants}";
        }

        return null;
    }

    /// <summary>Every option in words, section by section.</summary>
    public static IReadOnlyList<OptionLine> Describe(TrainingOptions options) =>
        [.. OptionEntry.All.Select(entry => new OptionLine(entry.Path, OptionText.Show(entry.Value(options)), OptionText.Show(entry.Default), entry.Description))];

    internal static JsonObject ToJson(TrainingOptions options) => (JsonObject)JsonSerializer.SerializeToNode(options, OptionText.Json)!;

    private static TrainingOptions From(JsonObject root, string source)
    {
        root.Remove("$schema");
        ConfigurationCheck.Require(root, source);
        try
        {
            var options = root.Deserialize<TrainingOptions>(OptionText.Json)!;
            options.Validate();
            return options;
        }
        catch (CdeException error) when (source != "training options")
        {
            throw new CdeException($"{source}: {error.Message.Replace("training options: ", "", StringComparison.Ordinal)}", error);
        }
    }

    /// <summary>The option of a path; what lies below an option that is itself an object is its own name.</summary>
    private static (OptionEntry Entry, string? Inside) Find(string path)
    {
        foreach (var entry in OptionEntry.All)
        {
            if (entry.Path == path)
                return (entry, null);
            if (entry.Type == typeof(JsonElement) && path.StartsWith(entry.Path + ".", StringComparison.Ordinal))
                return (entry, path[(entry.Path.Length + 1)..]);
        }

        string[] all = [.. OptionEntry.All.Select(entry => entry.Path)];
        var section = path[..(path.IndexOf('.', StringComparison.Ordinal) + 1)];
        string[] inside = [.. all.Where(name => section.Length > 0 && name.StartsWith(section, StringComparison.Ordinal))];
        throw new CdeException($"{path} is no training option; {NearestNames.Suggest(path, inside.Length == 0 || NearestNames.Find(path, all).Count > 0 ? all : inside)}");
    }

    private static JsonNode? Value(string text, Type type)
    {
        if (type == typeof(IReadOnlyList<string>) && !text.StartsWith('['))
            return new JsonArray([.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(item => JsonValue.Create(item))]);
        if (type == typeof(string) && text != "null" && !text.StartsWith('"'))
            return JsonValue.Create(text);
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}

/// <summary>An option of a run in words.</summary>
/// <param name="Path">Where it stands: <c>batch.size</c>.</param>
/// <param name="Value">Its value, as JSON.</param>
/// <param name="Default">Its default, as JSON.</param>
/// <param name="Description">What it does, in one line.</param>
public sealed record OptionLine(string Path, string Value, string Default, string Description);
