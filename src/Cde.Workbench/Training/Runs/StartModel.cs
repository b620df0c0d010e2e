using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Contextual;
using Cde.Workbench.Models.Export;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Runs;

/// <summary>Reads the model that a run goes on from, with fewer layers where the options keep only some, ready to be trained.</summary>
internal static class StartModel
{
    private static readonly IReadOnlyList<string> NomicBertKeys = Architectures.List.First(architecture => architecture.ModelType == "nomic_bert").DropoutKeys;

    /// <summary>What a mixture of experts has beside the layers' own; a configuration without the key follows those.</summary>
    private const string ExpertDropoutKey = "moe_resid_pdrop";

    /// <summary>The encoder, all of whose parameters ask for gradients, and the <c>config.json</c> that describes it.</summary>
    /// <exception cref="CdeException">The folder is no model folder, or the options do not fit the model.</exception>
    public static (LoadedEncoder Encoder, string Config) Read(string folder, TrainingOptions options, Device device)
    {
        var path = Path.Combine(folder, "config.json");
        var text = Edited(path, options);
        using var scope = NewDisposeScope();
        var rules = options.Model.Pooling is { } pooling ? new ModelRules { Pooling = Modes(pooling), OverridesPooling = true } : ModelRules.None;
        var encoder = LoadedEncoder.Read(folder, device, ScalarType.Float32, JsonConfig.Parse(path, Encoding.UTF8.GetBytes(text)), rules, options.Adapter.Weights);
        if (options.Model.Pooling is not null && !encoder.HasPooling)
        {
            encoder.Dispose();
            throw new CdeException($"model.pooling: {folder} is {encoder.Architecture}, which pools as it was trained; leave it out");
        }

        if (encoder.RuledPooling is { } ruled)
            _ = SentenceTransformersFiles.WithPooling(folder, ruled, encoder.TokenWidth); // refused now rather than when the model is written
        foreach (var parameter in encoder.Module.parameters())
            parameter.requires_grad = true;
        if (options.Model.MaxTokens > encoder.MaxTokens)
            throw new CdeException($"model.maxTokens is {options.Model.MaxTokens}, {folder} takes at most {encoder.MaxTokens}");
        var size = encoder.Contextual?.Config.CorpusSize ?? encoder.StatisticsSize;
        if (size > 0 && options.Context.Size > size)
            throw new CdeException($"context.size is {options.Context.Size}, {folder} takes at most {size}");
        return (encoder, text);
    }

    /// <summary>The pooling of a folder that says <paramref name="pooling"/>.</summary>
    internal static PoolingModes Modes(TrainedPooling pooling) => pooling switch
    {
        TrainedPooling.Cls => PoolingModes.Cls,
        TrainedPooling.Mean => PoolingModes.Mean,
        TrainedPooling.LastToken => PoolingModes.LastToken,
        TrainedPooling.WeightedMean => PoolingModes.WeightedMean,
        _ => PoolingModes.Max,
    };

    /// <summary>How configurations are written.</summary>
    internal static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true };

    /// <summary>A <c>config.json</c> with the layers and the dropout that the options ask for.</summary>
    internal static string Edited(string path, TrainingOptions options)
    {
        var json = JsonNode.Parse(File.ReadAllText(path), null, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }) as JsonObject
            ?? throw new CdeException($"{path}: expected a JSON object");
        var isContextual = ContextualConfig.Describes(JsonConfig.Read(path));
        var backbone = json["backbone"] as JsonObject;
        if (options.Model.KeepLayers > 0)
            Keep("model.keepLayers", backbone ?? json, options.Model.KeepLayers, json, isContextual);
        if (options.Model.KeepFirstStageLayers > 0)
        {
            if (!isContextual)
                throw new CdeException($"model.keepFirstStageLayers: {path} is of a model without a first stage; leave it out");
            var had = json["first_stage_layers"]?.GetValue<int>() ?? Layers(backbone ?? json);
            json["first_stage_layers"] = AtMost("model.keepFirstStageLayers", options.Model.KeepFirstStageLayers, had);
        }

        if (options.Model.Dropout > 0)
            Drop(options.Model.Dropout, path, json, backbone);
        if (isContextual && options.Context.SequenceDropout > 0)
            json["transductive_sequence_dropout_prob"] = options.Context.SequenceDropout;
        return json.ToJsonString(Indented) + "\n";
    }

    /// <summary>Sets the probability under every key that the architecture has for it.</summary>
    private static void Drop(double probability, string path, JsonObject root, JsonObject? backbone)
    {
        var config = JsonConfig.Read(path);
        var isOwn = ContextualConfig.Describes(config) || BiEncoder.Describes(config);
        if (isOwn && backbone is null && root.ContainsKey("embedder"))
            throw new CdeException($"model.dropout: {path} names its backbone and does not describe it; write its sizes as \"backbone\", or leave model.dropout out");
        var keys = isOwn ? NomicBertKeys : Architectures.Of(config).DropoutKeys;
        if (keys.Count == 0)
            throw new CdeException($"model.dropout: models of model_type \"{config.Text(["model_type"], "")}\" have no dropout; leave it out, or give adapters theirs with adapter.dropout");
        var sizes = backbone ?? root;
        foreach (var key in keys)
            sizes[key] = probability;
        if (sizes.ContainsKey(ExpertDropoutKey))
            sizes[ExpertDropoutKey] = probability;
        if (ReferenceEquals(keys, NomicBertKeys))
            root["disable_dropout"] = false;
    }

    private static void Keep(string option, JsonObject sizes, int keep, JsonObject root, bool isContextual)
    {
        var key = Key(sizes) ?? throw new CdeException($"{option}: the model's configuration does not say its layers in config.json; leave it out");
        var had = sizes[key]!.GetValue<int>();
        if (isContextual && root["first_stage_layers"] is null)
            root["first_stage_layers"] = had; // it followed the second stage's
        sizes[key] = AtMost(option, keep, had);
    }

    private static int AtMost(string option, int keep, int had) =>
        keep <= had ? keep : throw new CdeException($"{option} is {keep}, the model has {had} layers");

    private static string? Key(JsonObject sizes) => Array.Find(["n_layer", "num_hidden_layers", "n_layers", "num_layers"], sizes.ContainsKey);

    private static int Layers(JsonObject sizes) => sizes[Key(sizes) ?? "n_layer"]?.GetValue<int>() ?? int.MaxValue;
}
