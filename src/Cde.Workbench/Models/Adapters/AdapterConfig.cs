using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cde.Workbench.Models.Adapters;

/// <summary>What a low-rank adapter is made of, as PEFT's <c>adapter_config.json</c> names it.</summary>
public sealed record AdapterConfig
{
    /// <summary>r.</summary>
    public required int Rank { get; init; }

    /// <summary>What the product is scaled by, over r.</summary>
    public required double Alpha { get; init; }

    /// <summary>Probability of dropout on what an adapter reads, in training.</summary>
    public double Dropout { get; init; }

    /// <summary>Scale by alpha over the root of r.</summary>
    public bool IsRankStabilised { get; init; }

    /// <summary>Ends of the names of the maps that have one: <c>query</c> stands for <c>encoder.layer.0.attention.self.query</c> and its like; all where empty.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>The factor on B A.</summary>
    public double Scaling => Alpha / (IsRankStabilised ? Math.Sqrt(Rank) : Rank);

    /// <summary>Reads <c>adapter_config.json</c>.</summary>
    /// <exception cref="CdeException">It asks for what is not computed here.</exception>
    public static AdapterConfig From(JsonConfig json)
    {
        if (json.Text(["peft_type"], "LORA") is var type and not "LORA")
            throw new CdeException($"{json.Path}: \"peft_type\" is \"{type}\"; low-rank adapters (\"LORA\") are computed here");
        foreach (var flag in (string[])["use_dora", "fan_in_fan_out"])
        {
            if (json.Flag(flag, false))
                throw new CdeException($"{json.Path}: \"{flag}\" is true, which is not computed here; plain low-rank adapters are");
        }

        if (json.Text(["bias"], "none") is var bias and not "none")
            throw new CdeException($"{json.Path}: \"bias\" is \"{bias}\"; adapters without trained biases (\"none\") are computed here");
        foreach (var key in (string[])["layers_to_transform", "modules_to_save"])
        {
            if (json.Has(key))
                throw new CdeException($"{json.Path}: \"{key}\" is set, which is not computed here; merge the adapter with its own tool first");
        }

        return new AdapterConfig
        {
            Rank = json.Int(["r"]),
            Alpha = json.Number(["lora_alpha"], 8),
            Dropout = json.Number(["lora_dropout"], 0),
            IsRankStabilised = json.Flag("use_rslora", false),
            Targets = json.Texts("target_modules") is { Count: > 0 } list ? list : json.Text(["target_modules"], "") is "all-linear" or "" ? [] : [json.Text(["target_modules"], "")],
        };
    }

    /// <summary>As PEFT reads it.</summary>
    /// <param name="targets">The ends of names of the maps that have an adapter; PEFT needs them spelled out.</param>
    /// <param name="baseModel">The model that it changes, by folder or hub name.</param>
    internal string ToJson(IEnumerable<string> targets, string baseModel) => new JsonObject
    {
        ["peft_type"] = "LORA",
        ["base_model_name_or_path"] = baseModel,
        ["task_type"] = "FEATURE_EXTRACTION",
        ["inference_mode"] = true,
        ["r"] = Rank,
        ["target_modules"] = new JsonArray([.. targets.Select(target => JsonValue.Create(target))]),
        ["lora_alpha"] = Alpha,
        ["lora_dropout"] = Dropout,
        ["fan_in_fan_out"] = false,
        ["bias"] = "none",
        ["use_rslora"] = IsRankStabilised,
        ["init_lora_weights"] = true,
    }.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n";

    /// <summary>Whether the map of that name gets one: targets match the end of a name after a dot, or all of it.</summary>
    internal bool Covers(string name) =>
        Targets.Count == 0 || Targets.Any(target => name == target || name.EndsWith("." + target, StringComparison.Ordinal));
}
