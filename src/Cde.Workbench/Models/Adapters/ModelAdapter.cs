using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.Adapters;

/// <summary>
/// Low-rank adapters of a whole model, in PEFT's file form: <c>adapter_config.json</c> and <c>adapter_model.safetensors</c> with names
/// <c>base_model.model.&lt;map&gt;.lora_A.weight</c> (r, in) and <c>.lora_B.weight</c> (out, r).
/// </summary>
public sealed class ModelAdapter
{
    private const string ConfigName = "adapter_config.json";
    private const string WeightsName = "adapter_model.safetensors";
    private const string Prefix = "base_model.model.";

    private readonly IReadOnlyList<(string Name, Projection Map)> maps;

    private ModelAdapter(AdapterConfig config, IReadOnlyList<(string Name, Projection Map)> maps) => (Config, this.maps) = (config, maps);

    /// <summary>Rank, scaling, targets.</summary>
    public AdapterConfig Config { get; }

    /// <summary>Names of the maps that have an adapter.</summary>
    public IReadOnlyList<string> Maps => [.. maps.Select(map => map.Name)];

    /// <summary>Adds fresh adapters, which leave the model's outputs as they are, and freezes everything else.</summary>
    /// <param name="module">The model; its linear maps get the adapters.</param>
    /// <param name="config">Rank and targets.</param>
    /// <param name="seed">Of A.</param>
    /// <exception cref="CdeException">No map of the model is meant.</exception>
    public static ModelAdapter Add(nn.Module module, AdapterConfig config, long seed)
    {
        foreach (var parameter in module.parameters())
            parameter.requires_grad = false;
        return Attach(module, config, name => config.Covers(name), map => new AdapterWeights(seed, map.Device));
    }

    /// <summary>Adds the adapters of a folder, not merged.</summary>
    /// <exception cref="CdeException">A file is missing or damaged, or of another model.</exception>
    public static ModelAdapter Load(nn.Module module, string folder)
    {
        var config = AdapterConfig.From(JsonConfig.Read(Path.Combine(folder, ConfigName)));
        using var files = SafetensorsFile.Open(Path.Combine(folder, WeightsName));
        var named = files.Entries.Keys.Where(name => name.EndsWith(".lora_A.weight", StringComparison.Ordinal)).Select(name => name[Prefix.Length..^".lora_A.weight".Length]).ToHashSet();
        var known = LinearMaps(module).Select(entry => entry.Name).ToArray();
        if (named.FirstOrDefault(name => !known.Contains(name)) is { } stranger)
            throw new CdeException($"{files.Path}: the model has no map {stranger}; {NearestNames.Suggest(stranger, known)}; the adapter is of another model");
        return Attach(module, config, named.Contains, map => new FileWeights(files, map.Device, ScalarType.Float32, Prefix));
    }

    /// <summary>Adds every adapter's product to its map's weight and sets B to 0: the outputs stay, the adapters add nothing any more.</summary>
    /// <exception cref="CdeException">A map keeps its weight in fewer bits, which would round the product away.</exception>
    public void Merge()
    {
        if (maps.FirstOrDefault(map => map.Map.Stored is not null).Name is { } compact)
            throw new CdeException($"{compact} keeps its weight in fewer bits, to which nothing is added; load the model as computed, then merge");
        using var mode = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (_, map) in maps)
        {
            map.Weight.add_(map.Adapter!.Product().to_type(map.Weight.dtype));
            map.Adapter.Up.Weight.zero_();
        }
    }

    /// <summary>Writes the folder.</summary>
    /// <param name="folder">Replaced as a whole.</param>
    /// <param name="baseModel">The model that the adapter changes, by folder or hub name.</param>
    public void Save(string folder, string baseModel = "") => AtomicFile.WriteDirectory(
        folder,
        temporary =>
        {
            TensorFile.Write(
                Path.Combine(temporary, WeightsName),
                maps.SelectMany(map => new[]
                {
                    (Prefix + map.Name + ".lora_A.weight", (Tensor)map.Map.Adapter!.Down.Weight),
                    (Prefix + map.Name + ".lora_B.weight", map.Map.Adapter.Up.Weight),
                }),
                metadata: new Dictionary<string, string> { ["format"] = "pt" });
            var targets = Config.Targets.Count > 0 ? Config.Targets : [.. maps.Select(map => map.Name[(map.Name.LastIndexOf('.') + 1)..]).Distinct().Order(StringComparer.Ordinal)];
            AtomicFile.WriteAllText(Path.Combine(temporary, ConfigName), Config.ToJson(targets, baseModel));
        },
        ConfigName);

    /// <summary>
    /// The model's parameters under its own names as they would be after a merge: adapters left out, their products added, each made when it is asked for. Maps that keep
    /// their weight in fewer bits give the whole one that they were read from.
    /// </summary>
    /// <param name="module">The model.</param>
    /// <param name="originals">The files that it was read from; of no meaning where all its maps are whole.</param>
    internal static IEnumerable<WrittenTensor> MergedParameters(nn.Module module, SafetensorsSource? originals = null)
    {
        var maps = LinearMaps(module).ToDictionary(entry => entry.Name, entry => entry.Map);
        var adapters = maps.Where(entry => entry.Value.Adapter is not null).Select(entry => entry.Key + ".lora_").ToArray();
        foreach (var (name, parameter) in module.named_parameters())
        {
            if (Array.Exists(adapters, prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
                continue;
            var adapter = name.EndsWith(".weight", StringComparison.Ordinal) ? maps.GetValueOrDefault(name[..^".weight".Length])?.Adapter : null;
            yield return new WrittenTensor(name, parameter.shape, () => adapter is null ? parameter : parameter + adapter.Product());
        }

        foreach (var (name, map) in maps.Where(entry => entry.Value.Stored is not null))
        {
            yield return new WrittenTensor(name + ".weight", [map.Outputs, map.Inputs], () =>
            {
                var whole = tensor(originals!.Floats(map.NameInFile!), [map.Outputs, map.Inputs]);
                return map.Adapter is null ? whole : whole.to(map.Device) + map.Adapter.Product();
            });
        }
    }

    /// <summary>Every linear map under the name of the checkpoint. Modules are listed a second time as the fields that hold them; the first name is the one given.</summary>
    private static IEnumerable<(string Name, Projection Map)> LinearMaps(nn.Module module) =>
        module.named_modules().Where(entry => entry.module is Projection).Select(entry => (entry.name, (Projection)entry.module)).DistinctBy(entry => entry.Item2);

    private static ModelAdapter Attach(nn.Module module, AdapterConfig config, Func<string, bool> covers, Func<Projection, WeightSource> weights)
    {
        var all = LinearMaps(module).ToArray();
        var maps = all.Where(entry => covers(entry.Name)).ToArray();
        if (maps.Length == 0)
        {
            var ends = all.Select(entry => entry.Name[(entry.Name.LastIndexOf('.') + 1)..]).Distinct();
            throw new CdeException($"adapter: no map of the model is named {string.Join(", ", config.Targets)}; {NearestNames.Suggest(config.Targets.FirstOrDefault() ?? "", ends)}");
        }

        foreach (var (name, map) in maps)
        {
            var scope = weights(map).Scope(name);
            map.Add(new LowRankAdapter(
                new Projection(scope["lora_A"], map.Inputs, config.Rank, hasBias: false), new Projection(scope["lora_B"], config.Rank, map.Outputs, hasBias: false), config.Scaling, config.Dropout));
        }

        return new ModelAdapter(config, maps);
    }
}
