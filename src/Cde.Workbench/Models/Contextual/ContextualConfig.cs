using Cde.Workbench.Models.ModernBert;
using Cde.Workbench.Models.NomicBert;

namespace Cde.Workbench.Models.Contextual;

/// <summary>What context positions may attend to in the second stage.</summary>
public enum ContextAttention
{
    /// <summary>Everything attends to everything, as published; the context is computed again for every text.</summary>
    Full,

    /// <summary>Context positions attend to each other only, so their keys and values are computed once per context. A model trained this way, never an approximation of another.</summary>
    Prefix,
}

/// <summary>Which of the observable position rules a two-stage model follows (spec ).</summary>
public enum RotaryVariant
{
    /// <summary>The training code's: context positions are not rotated, soft prompts and text keep their absolute index; token type added once.</summary>
    Training,

    /// <summary>The published hub code's: every position rotated, token type 0 added again to every position.</summary>
    Hub,
}

/// <summary>Switches of a two-stage contextual model, as <c>cde</c>'s <c>config.json</c> names them (spec A-4).</summary>
public sealed record ContextualConfig
{
    /// <summary>Both stages' backbone.</summary>
    public required BackboneConfig Backbone { get; init; }

    /// <summary>Layers of the first stage where it is shallower than the second; null for the same. Ours: <c>first_stage_layers</c>.</summary>
    public int? FirstStageLayers { get; init; }

    /// <summary>Documents in a minicorpus, <c>transductive_corpus_size</c>.</summary>
    public required int CorpusSize { get; init; }

    /// <summary>Vectors a context document gives, <c>transductive_tokens_per_document</c>.</summary>
    public int TokensPerDocument { get; init; } = 1;

    /// <summary>C: context positions in front of the soft prompts.</summary>
    public int ContextSlots => CorpusSize * TokensPerDocument;

    /// <summary>Most tokens of a text, <c>max_seq_length</c>.</summary>
    public int MaxTokens { get; init; } = 512;

    /// <summary>Whether pooling reads text positions only, <c>pool_ignore_contextual_tokens</c>.</summary>
    public bool PoolTextOnly { get; init; } = true;

    /// <summary>Whether pooling leaves out the prompt up to its colon, <c>pool_ignore_instruction_tokens</c>.</summary>
    public bool PoolIgnoresInstruction { get; init; }

    /// <summary>Probability with which training replaces a context vector by the null vector, <c>transductive_sequence_dropout_prob</c>.</summary>
    public double SequenceDropout { get; init; }

    /// <summary>Whether context positions stay unrotated, <c>disable_transductive_rotary_embedding</c>.</summary>
    public bool ContextUnrotated { get; init; } = true;

    /// <summary>Whether the pooled vector is added to the output projection: cde v2 and the repository do, cde-small-v1 does not. Ours: <c>output_residual</c>.</summary>
    public bool OutputResidual { get; init; } = true;

    /// <summary>Ours: <c>context_attention</c>, <c>full</c> or <c>prefix</c>.</summary>
    public ContextAttention ContextAttention { get; init; } = ContextAttention.Full;

    /// <summary>Ours: <c>rotary_variant</c>, <c>training</c> or <c>hub</c>.</summary>
    public RotaryVariant RotaryVariant { get; init; } = RotaryVariant.Training;

    /// <summary>Soft prompt positions between context and text; 8 in the published models. Ours: <c>soft_prompts</c>.</summary>
    public int SoftPrompts { get; init; } = 8;

    /// <summary>Whether texts see <see cref="Models.ContextStatistics"/> beside the first stage's vectors. Ours: <c>contextStatistics</c>, off for models trained elsewhere.</summary>
    public bool ContextStatistics { get; init; }

    /// <summary>Positions that get no rotation. ModernBERT rotates every position, whatever the configuration says, as in <c>cde</c>.</summary>
    public long Unrotated => RotaryVariant == RotaryVariant.Training && ContextUnrotated ? ContextSlots : 0;

    /// <summary>Whether the configuration is that of a two-stage model.</summary>
    public static bool Describes(JsonConfig json) =>
        json.Text(["architecture"], "") == "transductive" || json.Texts("architectures").Any(name => name is "ContextualDocumentEmbeddingTransformer" or "DatasetTransformer");

    /// <summary>Reads <c>config.json</c>; the backbone lies under <c>backbone</c>, in the file <c>backbone_config_file</c> names, or is nomic-bert-2048 or ModernBERT-base by name.</summary>
    /// <exception cref="CdeException">A key is out of range or asks for what is not computed here.</exception>
    public static ContextualConfig From(JsonConfig json)
    {
        if (json.Flag("autoregressive_backbone", false))
            throw new CdeException($"{json.Path}: \"autoregressive_backbone\" is true; this two-stage encoder computes bidirectional backbones only");
        if (json.Text(["pooling_strategy"], "mean") is var pooling and not "mean")
            throw new CdeException($"{json.Path}: \"pooling_strategy\" is \"{pooling}\"; this two-stage encoder computes \"mean\" only");
        var dropout = json.Number(["transductive_sequence_dropout_prob"], 0);
        if (dropout is < 0 or >= 1)
            throw new CdeException($"{json.Path}: \"transductive_sequence_dropout_prob\" is {dropout}, expected 0 up to but not 1");
        var config = new ContextualConfig
        {
            Backbone = Without(json.Flag("disable_dropout", true), BackboneOf(json)),
            FirstStageLayers = json.Has("first_stage_layers") ? json.Int(["first_stage_layers"]) : null,
            CorpusSize = json.Int(["transductive_corpus_size"]),
            TokensPerDocument = json.Int(["transductive_tokens_per_document"], 1),
            MaxTokens = json.Int(["max_seq_length"], 512),
            PoolTextOnly = json.Flag("pool_ignore_contextual_tokens", true),
            PoolIgnoresInstruction = json.Flag("pool_ignore_instruction_tokens", false),
            SequenceDropout = dropout,
            ContextUnrotated = json.Flag("disable_transductive_rotary_embedding", true),
            OutputResidual = json.Flag("output_residual", !json.Text(["_name_or_path"], json.Path).Contains("cde-small-v1", StringComparison.Ordinal)),
            ContextAttention = Choice(json, "context_attention", ContextAttention.Full),
            RotaryVariant = Choice(json, "rotary_variant", RotaryVariant.Training),
            SoftPrompts = json.Int(["soft_prompts"], 8),
            ContextStatistics = json.Flag("contextStatistics", false),
        };
        if (config.Backbone is ModernBertConfig && (config.ContextAttention == ContextAttention.Prefix || config.ContextStatistics))
            throw new CdeException($"{json.Path}: \"context_attention\" prefix and \"contextStatistics\" are computed over NomicBERT, not over ModernBERT");
        return config;
    }

    /// <summary>The backbone's configuration of a <c>cde</c> model, single-stage ones included.</summary>
    internal static BackboneConfig BackboneOf(JsonConfig json)
    {
        if (json.Section("backbone") is { } inline)
            return ByType(inline);
        if (json.Has("backbone_config_file"))
            return ByType(JsonConfig.Read(Path.Combine(Path.GetDirectoryName(json.Path)!, Path.GetFileName(json.Text(["backbone_config_file"], "")))));
        var embedder = json.Text(["embedder"], "");
        if (embedder.StartsWith("nomic-ai/nomic-bert-2048", StringComparison.Ordinal) || embedder.StartsWith("nomic-ai/nomic-embed-text-v1", StringComparison.Ordinal))
            return Nomic2048;
        if (embedder == "answerdotai/ModernBERT-base")
            return ModernBertConfig.Base;
        throw new CdeException($"{json.Path}: \"embedder\" is \"{embedder}\", whose sizes are not known; add a \"backbone\" object or a backbone_config.json");
    }

    internal static BackboneConfig Without(bool noDropout, BackboneConfig config) => noDropout ? config.WithoutDropout() : config;

    private static BackboneConfig ByType(JsonConfig json) => json.Text(["model_type"], "nomic_bert") switch
    {
        "modernbert" => ModernBertConfig.From(json),
        _ => NomicBertConfig.From(json),
    };

    /// <summary>nomic-ai/nomic-bert-2048 (spec ).</summary>
    internal static NomicBertConfig Nomic2048 { get; } = new()
    {
        VocabularySize = 30528,
        VocabularyMultiple = 64,
        Width = 768,
        Layers = 12,
        Heads = 12,
        Inner = 3072,
        EmbeddingDropout = 0.1,
    };

    private static T Choice<T>(JsonConfig json, string key, T fallback)
        where T : struct, Enum
    {
        var text = json.Text([key], fallback.ToString());
        return Enum.TryParse<T>(text, ignoreCase: true, out var value) && !int.TryParse(text, out _)
            ? value
            : throw new CdeException($"{json.Path}: \"{key}\" is \"{text}\", expected {string.Join(" or ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()))}");
    }
}
