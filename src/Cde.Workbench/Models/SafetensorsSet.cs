using System.Text.Json;
using Cde.Workbench.Models.Pickled;

namespace Cde.Workbench.Models;

/// <summary>
/// A model's weights in several files, with an index that says which tensor lies in which file
/// (<c>model.safetensors.index.json</c>, <c>pytorch_model.bin.index.json</c>). The index decides: a tensor that it does not name is not part of the set.
/// </summary>
public sealed class SafetensorsSet : SafetensorsSource
{
    /// <summary>The name of the index file in a model folder.</summary>
    public const string IndexName = "model.safetensors.index.json";

    /// <summary>The name of the weights in a model folder where there is one file.</summary>
    public const string SingleName = "model.safetensors";

    private const long MaxIndexBytes = 100_000_000;

    private readonly Dictionary<string, SafetensorsSource> _shards = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, SafetensorsEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SafetensorsSource> _shardOfTensor = new(StringComparer.Ordinal);

    private SafetensorsSet(string path)
    {
        Path = path;
        try
        {
            foreach (var (name, file) in ReadIndex(path))
                Add(name, file);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override string Path { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, SafetensorsEntry> Entries => _entries;

    /// <summary>The metadata of the first file.</summary>
    public override IReadOnlyDictionary<string, string> Metadata =>
        _shards.Count > 0 ? _shards.OrderBy(shard => shard.Key, StringComparer.Ordinal).First().Value.Metadata : new Dictionary<string, string>();

    /// <summary>The files of the set.</summary>
    public IEnumerable<string> Files => _shards.Keys.Order(StringComparer.Ordinal);

    /// <summary>Opens a set by its index file.</summary>
    /// <exception cref="CdeException">The index or a file is absent or breaks a rule, or a tensor is not where the index says.</exception>
    public static SafetensorsSet Open(string indexPath) => new(indexPath);

    /// <summary>
    /// Opens the weights of a model folder: <c>model.safetensors</c> where there is one, else the set that the index names, else <c>pytorch_model.bin</c> or the set of
    /// its index, through a reader that runs nothing (<see cref="PickledWeights"/>).
    /// </summary>
    /// <exception cref="CdeException">The folder has none of them, or they break a rule.</exception>
    public static SafetensorsSource OpenFolder(string folder)
    {
        string? Found(string name) => System.IO.Path.Combine(folder, name) is var path && File.Exists(path) ? path : null;
        if (Found(SingleName) is { } single)
            return SafetensorsFile.Open(single);
        if (Found(IndexName) is { } index)
            return Open(index);
        if (Found(WeightsFolder.PickleName) is { } pickle)
            return PickledWeights.Open(pickle);
        return Found(WeightsFolder.PickleIndexName) is { } pickles
            ? Open(pickles)
            : throw new CdeException($"{folder} has no weights: expected {SingleName}, {IndexName}, {WeightsFolder.PickleName} or {WeightsFolder.PickleIndexName}");
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Bytes(string name, long offset, int count)
    {
        Entry(name);
        return _shardOfTensor[name].Bytes(name, offset, count);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        foreach (var shard in _shards.Values)
            shard.Dispose();
    }

    private void Add(string name, string file)
    {
        if (!_shards.TryGetValue(file, out var shard))
        {
            if (file is "" or "." or ".." || file.AsSpan().ContainsAny("/\\:\0"))
                throw new CdeException($"{Path}: tensor {name} lies in \"{file}\", which is not the name of a file beside the index");
            var place = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!, file);
            shard = file.EndsWith(".bin", StringComparison.Ordinal) ? PickledWeights.Open(place) : SafetensorsFile.Open(place);
            _shards.Add(file, shard);
        }

        if (!shard.Entries.TryGetValue(name, out var entry))
            throw new CdeException($"{Path} says that tensor {name} lies in {file}, which does not have it");
        if (!_entries.TryAdd(name, entry))
            throw new CdeException($"{Path} names tensor {name} twice");
        _shardOfTensor.Add(name, shard);
    }

    private static List<(string Name, string File)> ReadIndex(string path)
    {
        using var file = MappedFile.Open(path);
        if (file.Length > MaxIndexBytes)
            throw new CdeException($"{path} has {file.Length} bytes; an index has at most {MaxIndexBytes}");
        try
        {
            using var index = JsonDocument.Parse(file.Slice(0, (int)file.Length).ToArray());
            if (index.RootElement.ValueKind != JsonValueKind.Object
                || !index.RootElement.TryGetProperty("weight_map", out var map) || map.ValueKind != JsonValueKind.Object)
                throw new CdeException($"{path}: field \"weight_map\" is missing (expected an object from tensor to file)");
            var places = new List<(string, string)>();
            foreach (var place in map.EnumerateObject())
            {
                if (place.Value.ValueKind != JsonValueKind.String)
                    throw new CdeException($"{path}: weight_map names no file for tensor {place.Name}");
                places.Add((place.Name, place.Value.GetString()!));
            }

            return places;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw new CdeException($"{path} is not valid JSON: {failure.Message.ReplaceLineEndings(" ")}", failure);
        }
    }
}
