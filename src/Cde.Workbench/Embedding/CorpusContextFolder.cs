using System.Text.Json;
using System.Text.Json.Nodes;
using Cde.Workbench.Models;

namespace Cde.Workbench.Embedding;

/// <summary>A context as a folder: the vectors as safetensors, and a manifest, written last, that says the rest.</summary>
internal static class CorpusContextFolder
{
    private const string Format = "cde-context-1";
    private const string ManifestName = "context.json";
    private const string VectorsName = "context.safetensors";
    private const string CountsName = "document_counts";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void Save(CorpusContext context, string folder) => AtomicFile.WriteDirectory(
        folder,
        target =>
        {
            WriteVectors(context, Path.Combine(target, VectorsName));
            File.WriteAllText(Path.Combine(target, ManifestName), Manifest(context).ToJsonString(Indented));
        },
        ManifestName);

    public static CorpusContext Load(string folder)
    {
        var path = Path.Combine(folder, ManifestName);
        if (!File.Exists(path))
            throw new CdeException($"{folder} is not a context: it has no {ManifestName}; build one from a corpus");
        var manifest = Parse(path);
        string Text(string name) => Value<string>(manifest, name, path);
        if (Text("format") != Format)
            throw new CdeException($"{path}: format is \"{Text("format")}\" (expected \"{Format}\"); build the context again");
        var origin = new ContextOrigin(
            Text("sampler"), Value<long>(manifest, "seed", path), Text("model"), Text("model_hash"), Text("corpus"), Text("corpus_hash"),
            Text("prompt_text"), Value<int>(manifest, "tokens_per_document", path));
        var ids = ReadIds(manifest, path);
        var dimension = Value<int>(manifest, "dimension", path);
        var context = new CorpusContext(origin, ids, ReadVectors(folder, (long)ids.Length * origin.TokensPerDocument, dimension), dimension, ReadStatistics(manifest, folder, path));
        return context.Hash == Text("hash")
            ? context
            : throw new CdeException(
                $"{folder}: the content's hash is {ContentHash.Short(context.Hash)}, {ManifestName} says {ContentHash.Short(Text("hash"))}; "
                + "a file was changed or damaged, build the context again");
    }

    private static JsonObject Manifest(CorpusContext context) => new()
    {
        ["format"] = Format,
        ["hash"] = context.Hash,
        ["sampler"] = context.Sampler,
        ["seed"] = context.Seed,
        ["model"] = context.ModelName,
        ["model_hash"] = context.ModelHash,
        ["corpus"] = context.CorpusName,
        ["corpus_hash"] = context.CorpusHash,
        ["prompt_text"] = context.Origin.PromptText,
        ["tokens_per_document"] = context.TokensPerDocument,
        ["dimension"] = context.Dimension,
        ["statistics_documents"] = context.Statistics?.Documents,
        ["created_by"] = EmbeddingProvenance.Program,
        ["document_ids"] = new JsonArray([.. context.DocumentIds.Select(id => (JsonNode)id)]),
    };

    private static JsonObject Parse(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(path)) as JsonObject
                ?? throw new CdeException($"{path} is not a JSON object; build the context again");
        }
        catch (JsonException damage)
        {
            throw new CdeException($"{path} is not JSON (line {damage.LineNumber + 1}); build the context again", damage);
        }
    }

    private static T Value<T>(JsonObject manifest, string name, string path)
    {
        if (manifest[name] is JsonValue value && value.TryGetValue<T>(out var typed))
            return typed;
        throw new CdeException($"{path}: field \"{name}\" is missing or not a {typeof(T).Name}; build the context again");
    }

    private static string[] ReadIds(JsonObject manifest, string path)
    {
        if (manifest["document_ids"] is not JsonArray ids)
            throw new CdeException($"{path}: field \"document_ids\" is missing (expected a list of strings); build the context again");
        return [.. ids.Select(id => id is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : throw new CdeException($"{path}: \"document_ids\" holds something that is not a string; build the context again"))];
    }

    private static void WriteVectors(CorpusContext context, string path)
    {
        long[] shape = [(long)context.Size * context.TokensPerDocument, context.Dimension];
        SafetensorsWriter.Write(
            path,
            [SafetensorsItem.FromFloats("vectors", shape, context.Vectors), .. Counts(context.Statistics)],
            new Dictionary<string, string> { ["format"] = Format, ["hash"] = context.Hash });
    }

    private static IEnumerable<SafetensorsItem> Counts(ContextStatistics? statistics)
    {
        if (statistics is null)
            yield break;
        var counts = Array.ConvertAll(statistics.DocumentCounts.ToArray(), count => (long)count);
        yield return SafetensorsItem.FromIntegers(CountsName, [counts.Length], counts);
    }

    private static ContextStatistics? ReadStatistics(JsonObject manifest, string folder, string path)
    {
        if (manifest["statistics_documents"] is null)
            return null;
        var documents = Value<int>(manifest, "statistics_documents", path);
        using var file = SafetensorsFile.Open(Path.Combine(folder, VectorsName));
        if (!file.Entries.ContainsKey(CountsName))
            throw new CdeException($"{file.Path}: tensor {CountsName} is missing; build the context again");
        var counts = file.Integers(CountsName);
        return documents > 0 && counts.All(count => count >= 0 && count <= documents)
            ? new ContextStatistics(Array.ConvertAll(counts, count => (int)count), documents)
            : throw new CdeException($"{file.Path}: tensor {CountsName} holds counts outside 0 to {documents} documents; build the context again");
    }

    private static float[] ReadVectors(string folder, long rows, int dimension)
    {
        var path = Path.Combine(folder, VectorsName);
        using var file = SafetensorsFile.Open(path);
        if (!file.Entries.TryGetValue("vectors", out var entry))
            throw new CdeException($"{path}: tensor vectors is missing; build the context again");
        return entry.Shape is [var height, var width] && height == rows && width == dimension
            ? file.Floats("vectors")
            : throw new CdeException(
                $"{path}: tensor vectors has shape ({string.Join(", ", entry.Shape)}), {ManifestName} says ({rows}, {dimension}); build the context again");
    }
}
