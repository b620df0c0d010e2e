using System.Text.Json;
using System.Text.Json.Nodes;
using Cde.Workbench;

namespace Cde.Kernels.Notebooks;

/// <summary>
/// The rules of nbformat 4 that the rest of the program relies on. What is merely unusual (unknown keys, a missing metadata object, output
/// kinds of a later minor version) passes.
/// </summary>
internal static class IpynbRules
{
    private static readonly string[] Kinds = ["code", "markdown", "raw"];

    /// <summary>The root, when all rules hold.</summary>
    /// <param name="node">What the file holds.</param>
    /// <param name="name">What errors call the file.</param>
    /// <exception cref="CdeException">A rule is broken: names the file, the cell and the rule.</exception>
    public static JsonObject Check(JsonNode? node, string name)
    {
        if (node is not JsonObject root)
            throw new CdeException($"{name}: not a notebook: the file holds {JsonNodes.Describe(node)} (expected an object with \"cells\" and \"nbformat\")");
        CheckVersion(root, name);
        Expect<JsonObject>(root, "metadata", name, "an object", isOptional: true);
        Expect<JsonArray>(root, "cells", name, "a list");
        var number = 0;
        foreach (var cell in (JsonArray)root["cells"]!)
            CheckCell(cell, $"{name} cell {++number}");
        return root;
    }

    private static void CheckVersion(JsonObject root, string name)
    {
        var version = Whole(root, "nbformat", name)
            ?? throw new CdeException($"{name}: not a notebook: \"nbformat\" is missing (expected 4)");
        if (version < 4)
            throw new CdeException($"{name}: nbformat {version} is not read (4.0 to 4.5 are); convert it first: jupyter nbconvert --to notebook --nbformat 4");
        if (version > 4)
            throw new CdeException($"{name}: nbformat {version} is not read (4.0 to 4.5 are); save the notebook as version 4");
        Whole(root, "nbformat_minor", name);
    }

    private static void CheckCell(JsonNode? node, string where)
    {
        if (node is not JsonObject cell)
            throw new CdeException($"{where}: is {JsonNodes.Describe(node)} (expected an object)");
        var kind = cell.Text("cell_type");
        if (kind is null || !Kinds.Contains(kind, StringComparer.Ordinal))
            throw new CdeException($"{where}: \"cell_type\" is {(kind is null ? Missing(cell, "cell_type") : JsonSerializer.Serialize(kind))} (expected code, markdown or raw)");
        CheckLines(cell, "source", where);
        Expect<JsonObject>(cell, "metadata", where, "an object", isOptional: true);
        Expect<JsonObject>(cell, "attachments", where, "an object", isOptional: true);
        ExpectText(cell, "id", where, isOptional: true);
        if (kind != "code")
            return;
        Whole(cell, "execution_count", where);
        Expect<JsonArray>(cell, "outputs", where, "a list", isOptional: true);
        var number = 0;
        foreach (var output in cell["outputs"] as JsonArray ?? [])
            CheckOutput(output, $"{where} output {++number}");
    }

    private static void CheckOutput(JsonNode? node, string where)
    {
        if (node is not JsonObject output)
            throw new CdeException($"{where}: is {JsonNodes.Describe(node)} (expected an object)");
        ExpectText(output, "output_type", where, isOptional: false);
        switch (output.Text("output_type"))
        {
            case "stream":
                ExpectText(output, "name", where, isOptional: false);
                CheckLines(output, "text", where);
                break;
            case "display_data" or "execute_result":
                Expect<JsonObject>(output, "data", where, "an object");
                Expect<JsonObject>(output, "metadata", where, "an object", isOptional: true);
                break;
            case "error":
                ExpectText(output, "ename", where, isOptional: false);
                ExpectText(output, "evalue", where, isOptional: false);
                Expect<JsonArray>(output, "traceback", where, "a list");
                break;
        }
    }

    private static void CheckLines(JsonObject map, string key, string where)
    {
        var value = map[key];
        if (IsText(value))
            return;
        if (value is not JsonArray lines)
            throw new CdeException($"{where}: \"{key}\" is {Missing(map, key)} (expected text or a list of texts)");
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (!IsText(line))
                throw new CdeException($"{where}: \"{key}\" item {number} is {JsonNodes.Describe(line)} (expected a text)");
        }
    }

    private static void Expect<T>(JsonObject map, string key, string where, string expected, bool isOptional = false)
    {
        if (map[key] is not T && !(isOptional && !map.ContainsKey(key)))
            throw new CdeException($"{where}: \"{key}\" is {Missing(map, key)} (expected {expected})");
    }

    private static void ExpectText(JsonObject map, string key, string where, bool isOptional)
    {
        if (!IsText(map[key]) && !(isOptional && !map.ContainsKey(key)))
            throw new CdeException($"{where}: \"{key}\" is {Missing(map, key)} (expected a text)");
    }

    private static long? Whole(JsonObject map, string key, string where)
    {
        if (map[key] is null)
            return null;
        return map[key].Whole()
            ?? throw new CdeException($"{where}: \"{key}\" is {JsonNodes.Describe(map[key])} (expected a whole number)");
    }

    private static bool IsText(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String;

    private static string Missing(JsonObject map, string key) => map.ContainsKey(key) ? JsonNodes.Describe(map[key]) : "missing";
}
