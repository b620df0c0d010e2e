using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cde.Workbench.Embedding.Exports;

/// <summary>What a folder of exported vectors holds: <c>export.json</c>, written last.</summary>
/// <param name="Format">The name of the <see cref="VectorFormat"/>.</param>
/// <param name="Count">N: how many vectors.</param>
/// <param name="Dimension">d: their width.</param>
/// <param name="Files">The size of each file in bytes.</param>
/// <param name="Provenance">What the vectors were made of.</param>
public sealed record VectorManifest(string Format, int Count, int Dimension, IReadOnlyDictionary<string, long> Files, EmbeddingProvenance Provenance)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "export.json";

    private const string Layout = "cde-export-1";
    private const long MaxBytes = 1 << 20;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes the manifest into a folder.</summary>
    internal void Write(string folder)
    {
        var files = new JsonObject();
        foreach (var (name, bytes) in Files)
            files[name] = bytes;
        var provenance = new JsonObject();
        foreach (var (key, value) in Provenance.ToMetadata())
            provenance[key] = value;
        var manifest = new JsonObject
        {
            ["layout"] = Layout,
            ["format"] = Format,
            ["count"] = Count,
            ["dimension"] = Dimension,
            ["files"] = files,
            ["provenance"] = provenance,
        };
        AtomicFile.WriteAllText(Path.Combine(folder, FileName), manifest.ToJsonString(Indented) + "\n");
    }

    /// <summary>Reads the manifest of a folder and holds it against the files.</summary>
    /// <exception cref="CdeException">The folder is no export, or a file is absent or of another size.</exception>
    internal static VectorManifest Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            throw new CdeException($"{folder} has no {FileName}; name a folder that the command export wrote");
        if (new FileInfo(path).Length > MaxBytes)
            throw new CdeException($"{path} has more than {MaxBytes} bytes; export again");
        try
        {
            return Parse(JsonNode.Parse(File.ReadAllText(path)), path).CheckFiles(folder);
        }
        catch (Exception damage) when (damage is JsonException or InvalidOperationException or FormatException)
        {
            throw new CdeException($"{path} cannot be read: {damage.Message.TrimEnd('.')}; export again", damage);
        }
    }

    private static VectorManifest Parse(JsonNode? manifest, string path)
    {
        JsonNode Field(string name) => manifest?[name] ?? throw new CdeException($"{path}: field \"{name}\" is missing; export again");
        if (Field("layout").GetValue<string>() is var layout && layout != Layout)
            throw new CdeException($"{path}: layout is \"{layout}\" (expected \"{Layout}\"); export again with this version");
        var (count, dimension) = (Field("count").GetValue<int>(), Field("dimension").GetValue<int>());
        if (count < 0 || dimension is < 1 or > FaissFlatFile.MaxDimension)
            throw new CdeException($"{path}: {count} vectors of width {dimension} (expected at least 0 of width 1 to {FaissFlatFile.MaxDimension}); export again");
        return new VectorManifest(
            Field("format").GetValue<string>(), count, dimension,
            Field("files").AsObject().ToDictionary(file => file.Key, file => file.Value?.GetValue<long>() ?? -1, StringComparer.Ordinal),
            EmbeddingProvenance.FromMetadata(Field("provenance").AsObject().ToDictionary(entry => entry.Key, entry => entry.Value?.GetValue<string>() ?? ""), path));
    }

    private VectorManifest CheckFiles(string folder)
    {
        foreach (var (name, bytes) in Files)
        {
            var file = new FileInfo(Path.Combine(folder, Path.GetFileName(name)));
            if (!file.Exists)
                throw new CdeException($"{folder}: {name} is missing; export again");
            if (file.Length != bytes)
                throw new CdeException($"{file.FullName} has {file.Length} bytes ({FileName} says {bytes}): it was changed or cut; export again");
        }

        return this;
    }
}
