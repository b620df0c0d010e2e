using System.Text.Json;
using Cde.Workbench.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cde.Workbench.Models;

/// <summary>
/// What the files of a sentence-transformers folder say about the steps after the encoder (spec A-10): <c>modules.json</c>, pooling, dense layers,
/// normalisation, prompts, length. A folder without them pools by mean and normalises.
/// </summary>
internal sealed class SentenceTransformersFolder
{
    private bool saysPooling = true;

    private SentenceTransformersFolder()
    {
    }

    /// <summary>That of a folder without such files.</summary>
    public static SentenceTransformersFolder None { get; } = new();

    public PoolingModes Pooling { get; private set; } = PoolingModes.Mean;

    public IReadOnlyList<DenseLayer> Dense { get; private set; } = [];

    /// <summary>Whether the modules end in a normalisation; not in a folder without modules.</summary>
    public bool Normalize { get; private set; }

    public IReadOnlyDictionary<string, string> Prompts { get; private set; } = new Dictionary<string, string>();

    public int? MaxTokens { get; private set; }

    /// <summary>A pooling that came from rules and is another than the folder's; null where the folder's holds.</summary>
    public PoolingModes? RuledPooling { get; private set; }

    /// <summary>Reads the files; what they do not say comes from the rules.</summary>
    public static SentenceTransformersFolder Read(string folder, Device? device, ScalarType precision, ICollection<Parameter> given, ModelRules rules)
    {
        var result = new SentenceTransformersFolder();
        if (Optional(folder, "config_sentence_transformers.json") is { } prompts)
            result.Prompts = prompts.TextMap("prompts");
        if (Optional(folder, "sentence_bert_config.json") is { } length && length.Has("max_seq_length"))
            result.MaxTokens = length.Int(["max_seq_length"]);
        var modules = Path.Combine(folder, "modules.json");
        if (File.Exists(modules))
            result.ReadModules(folder, modules, device, precision, given);
        else if (Optional(Path.Combine(folder, "1_Pooling"), "config.json") is { } pooling)
            result.Pooling = ReadPooling(pooling);
        else
            result.saysPooling = false;
        result.Apply(rules);
        return result;
    }

    private void Apply(ModelRules rules)
    {
        if (rules.Pooling is { } pooling && pooling != Pooling && (rules.OverridesPooling || !saysPooling))
            RuledPooling = Pooling = pooling;
        if (Prompts.Count == 0)
            Prompts = rules.Prompts;
        MaxTokens ??= rules.MaxTokens;
    }

    private void ReadModules(string folder, string path, Device? device, ScalarType precision, ICollection<Parameter> given)
    {
        var dense = new List<DenseLayer>();
        foreach (var (type, relative) in Modules(path))
        {
            var place = Path.GetFullPath(Path.Combine(folder, relative));
            if (!place.StartsWith(Path.GetFullPath(folder), StringComparison.Ordinal))
                throw new CdeException($"{path}: module path \"{relative}\" leads out of the model folder");
            switch (type.Split('.')[^1])
            {
                case "Transformer":
                    break;
                case "Pooling":
                    Pooling = ReadPooling(JsonConfig.Read(Path.Combine(place, "config.json")));
                    break;
                case "Dense":
                    dense.Add(new DenseLayer(place, device, precision, given));
                    break;
                case "Normalize":
                    Normalize = true;
                    break;
                default:
                    throw new CdeException($"{path}: module type \"{type}\" is not known; Transformer, Pooling, Dense and Normalize are");
            }
        }

        Dense = dense;
    }

    /// <summary>The kinds and folders of the modules that a <c>modules.json</c> lists.</summary>
    /// <exception cref="CdeException">It is no such list.</exception>
    public static IEnumerable<(string Type, string Path)> Modules(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return [.. document.RootElement.EnumerateArray().Select(item => (item.GetProperty("type").GetString() ?? "", item.GetProperty("path").GetString() ?? ""))];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new CdeException($"{path}: expected a list of {{\"type\", \"path\"}} objects", error);
        }
    }

    private static PoolingModes ReadPooling(JsonConfig json)
    {
        (string Key, PoolingModes Mode, bool Default)[] flags =
        [
            ("pooling_mode_cls_token", PoolingModes.Cls, false),
            ("pooling_mode_max_tokens", PoolingModes.Max, false),
            ("pooling_mode_mean_tokens", PoolingModes.Mean, false),
            ("pooling_mode_mean_sqrt_len_tokens", PoolingModes.MeanSqrtLength, false),
            ("pooling_mode_weightedmean_tokens", PoolingModes.WeightedMean, false),
            ("pooling_mode_lasttoken", PoolingModes.LastToken, false),
        ];
        var modes = flags.Where(flag => json.Flag(flag.Key, flag.Default)).Aggregate(PoolingModes.None, (sum, flag) => sum | flag.Mode);
        return modes != PoolingModes.None ? modes : throw new CdeException($"{json.Path}: no pooling mode is true");
    }

    private static JsonConfig? Optional(string folder, string file) =>
        File.Exists(Path.Combine(folder, file)) ? JsonConfig.Read(Path.Combine(folder, file)) : null;
}

/// <summary>A Dense module: linear map and activation, (B, in) -> (B, out).</summary>
internal sealed class DenseLayer : nn.Module
{
    private readonly Projection linear;
    private readonly bool tanh;

    public DenseLayer(string folder, Device? device, ScalarType precision, ICollection<Parameter> given)
        : base(nameof(DenseLayer))
    {
        var json = JsonConfig.Read(Path.Combine(folder, "config.json"));
        var activation = json.Text(["activation_function"], "torch.nn.modules.activation.Tanh").Split('.')[^1];
        if (activation is not ("Tanh" or "Identity"))
            throw new CdeException($"{json.Path}: activation_function \"{activation}\" is not known; Tanh and Identity are");
        tanh = activation == "Tanh";
        (Inputs, Outputs) = (json.Int(["in_features"]), json.Int(["out_features"]));
        using var files = SafetensorsSet.OpenFolder(folder);
        linear = ModuleTree.Add(this, "linear", new Projection(new FileWeights(files, device, precision, given: given).Scope("linear"), Inputs, Outputs, json.Flag("bias", true)));
    }

    public int Inputs { get; }

    public int Outputs { get; }

    public Tensor forward(Tensor x) => tanh ? linear.forward(x).tanh() : linear.forward(x);
}
