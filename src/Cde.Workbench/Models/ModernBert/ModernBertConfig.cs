using Cde.Workbench.Models.Layers;

namespace Cde.Workbench.Models.ModernBert;

/// <summary>Sizes and switches of a ModernBERT encoder, as <c>config.json</c> names them.</summary>
public sealed record ModernBertConfig : BackboneConfig
{
    /// <summary>Rows of the word table.</summary>
    public override required int VocabularySize { get; init; }

    /// <summary>d, <c>hidden_size</c>.</summary>
    public override required int Width { get; init; }

    /// <summary><c>num_hidden_layers</c>.</summary>
    public override required int Layers { get; init; }

    /// <summary>H, <c>num_attention_heads</c>; divides d.</summary>
    public required int Heads { get; init; }

    /// <summary>Width of the feed-forward part, <c>intermediate_size</c>.</summary>
    public required int Inner { get; init; }

    /// <summary>The longest text in tokens, <c>max_position_embeddings</c>.</summary>
    public int MaxTokens { get; init; } = 8192;

    /// <summary>Every so many layers, from the first on, one sees the whole text; the others see a window.</summary>
    public int GlobalEvery { get; init; } = 3;

    /// <summary>Which layers see the whole text, <c>layer_types</c>; null where <see cref="GlobalEvery"/> says it.</summary>
    public IReadOnlyList<bool>? GlobalLayers { get; init; }

    /// <summary>Width of the window of local layers in tokens: half of it to either side.</summary>
    public int Window { get; init; } = 128;

    /// <summary>Base of the rotary frequencies of global layers.</summary>
    public double GlobalBase { get; init; } = 160000;

    /// <summary>Base of the rotary frequencies of local layers.</summary>
    public double LocalBase { get; init; } = 10000;

    /// <summary>Of the norms.</summary>
    public override double Epsilon { get; init; } = 1e-5;

    /// <summary>Whether norms have biases.</summary>
    public bool NormBias { get; init; }

    /// <summary>Whether the attention's maps have biases.</summary>
    public bool AttentionBias { get; init; }

    /// <summary>Whether the feed-forward part's maps have biases.</summary>
    public bool InnerBias { get; init; }

    /// <summary>Dropout after the embeddings in training.</summary>
    public override double EmbeddingDropout { get; init; }

    /// <summary>Dropout inside the feed-forward part in training.</summary>
    public double InnerDropout { get; init; }

    /// <summary>Whether the layer sees the whole text.</summary>
    public bool IsGlobal(int layer) => GlobalLayers?[layer] ?? layer % GlobalEvery == 0;

    /// <summary>answerdotai/ModernBERT-base.</summary>
    internal static ModernBertConfig Base { get; } = new() { VocabularySize = 50368, Width = 768, Layers = 22, Heads = 12, Inner = 1152 };

    /// <inheritdoc/>
    public override BackboneConfig WithoutDropout() => this with { EmbeddingDropout = 0, InnerDropout = 0 };

    /// <inheritdoc/>
    internal override BackboneEncoder Build(WeightScope weights) => new ModernBertEncoder(this, weights);

    /// <summary>Reads the configuration; refuses what this encoder does not compute.</summary>
    /// <exception cref="CdeException">A key is missing, out of range or asks for something else.</exception>
    public static ModernBertConfig From(JsonConfig json)
    {
        json.Expect("hidden_activation", "gelu");
        foreach (var key in (string[])["rope_scaling", "rope_parameters"])
        {
            if (json.Has(key))
                throw new CdeException($"{json.Path}: \"{key}\" is set, which is not computed here; global_rope_theta and local_rope_theta are");
        }

        var globalBase = json.Number(["global_rope_theta"], 160000);
        var config = new ModernBertConfig
        {
            VocabularySize = json.Int(["vocab_size"]),
            Width = json.Int(["hidden_size"]),
            Layers = json.Int(["num_hidden_layers"]),
            Heads = json.Int(["num_attention_heads"]),
            Inner = json.Int(["intermediate_size"]),
            MaxTokens = json.Int(["max_position_embeddings"], 8192),
            GlobalEvery = json.Int(["global_attn_every_n_layers"], 3),
            GlobalLayers = ReadGlobalLayers(json),
            Window = json.Int(["local_attention"], 128, least: 2),
            GlobalBase = globalBase,
            LocalBase = json.Has("local_rope_theta") ? json.Number(["local_rope_theta"], 10000) : globalBase,
            Epsilon = json.Number(["norm_eps"], 1e-5),
            NormBias = json.Flag("norm_bias", false),
            AttentionBias = json.Flag("attention_bias", false),
            InnerBias = json.Flag("mlp_bias", false),
            EmbeddingDropout = json.Number(["embedding_dropout"], 0),
            InnerDropout = json.Number(["mlp_dropout"], 0),
        };
        return config.Width % (2 * config.Heads) == 0
            ? config
            : throw new CdeException($"{json.Path}: hidden_size {config.Width} does not give each of {config.Heads} heads an even width");
    }

    private static bool[]? ReadGlobalLayers(JsonConfig json)
    {
        if (!json.Has("layer_types"))
            return null;
        var (types, layers) = (json.Texts("layer_types"), json.Int(["num_hidden_layers"]));
        if (types.Count != layers)
            throw new CdeException($"{json.Path}: \"layer_types\" has {types.Count} names, \"num_hidden_layers\" is {layers}");
        return [.. types.Select(type => type switch
        {
            "full_attention" => true,
            "sliding_attention" => false,
            _ => throw new CdeException($"{json.Path}: \"layer_types\" has \"{type}\", which is not computed here; full_attention and sliding_attention are"),
        })];
    }
}
