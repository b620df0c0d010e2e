using Cde.Workbench.Models.Layers;

namespace Cde.Workbench.Models.Decoders;

/// <summary>Sizes and switches of a decoder of Llama's shape, whatever its family.</summary>
public sealed record DecoderConfig
{
    /// <summary>Rows of the word table.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>d, <c>hidden_size</c>.</summary>
    public required int Width { get; init; }

    /// <summary><c>num_hidden_layers</c>.</summary>
    public required int Layers { get; init; }

    /// <summary>H, <c>num_attention_heads</c>: heads that ask.</summary>
    public required int Heads { get; init; }

    /// <summary><c>num_key_value_heads</c>: heads that are asked, each by H / this many neighbouring ones.</summary>
    public required int KeyHeads { get; init; }

    /// <summary><c>head_dim</c>; H times it need not be d.</summary>
    public required int HeadWidth { get; init; }

    /// <summary>Width of the feed-forward part, <c>intermediate_size</c>.</summary>
    public required int Inner { get; init; }

    /// <summary>The longest text in tokens, <c>max_position_embeddings</c>.</summary>
    public int MaxTokens { get; init; } = 2048;

    /// <summary>Of the norms, <c>rms_norm_eps</c>.</summary>
    public double Epsilon { get; init; } = 1e-6;

    /// <summary>Base of the rotary frequencies, <c>rope_theta</c>.</summary>
    public double RotaryBase { get; init; } = 10000;

    /// <summary>How the frequencies are changed for longer texts; null for not at all.</summary>
    public RotaryScaling? RotaryScaling { get; init; }

    /// <summary>How many tokens a token sees at most, itself among them, in the layers that have such a window; null where none has.</summary>
    public int? Window { get; init; }

    /// <summary>The first layer that has the window; the layers before it see everything in front.</summary>
    public int FirstWindowLayer { get; init; }

    /// <summary>Whether queries, keys and values have biases.</summary>
    public bool AttentionBias { get; init; }

    /// <summary>Whether the attention's output map has a bias.</summary>
    public bool OutputBias { get; init; }

    /// <summary>Whether the feed-forward part's maps have biases.</summary>
    public bool InnerBias { get; init; }

    /// <summary>Whether each head of queries and keys goes through a norm before it is rotated (Qwen3).</summary>
    public bool HasHeadNorms { get; init; }

    /// <summary>The window of a layer in tokens; null where it sees everything in front.</summary>
    public int? WindowOf(int layer) => layer >= FirstWindowLayer ? Window : null;

    /// <summary>Reads the keys that every family has.</summary>
    /// <exception cref="CdeException">A key is missing, out of range or asks for something that is not computed here.</exception>
    internal static DecoderConfig Read(JsonConfig json)
    {
        json.Expect("hidden_act", "silu");
        if (json.Number(["partial_rotary_factor"], 1) != 1)
            throw new CdeException($"{json.Path}: \"partial_rotary_factor\" is set, which is not computed here; heads that rotate as a whole are");
        if (!json.Flag("is_causal", true))
            throw new CdeException($"{json.Path}: \"is_causal\" is false, which is not computed here; decoders that see what is in front are");
        var (width, heads) = (json.Int(["hidden_size"]), json.Int(["num_attention_heads"]));
        var config = new DecoderConfig
        {
            VocabularySize = json.Int(["vocab_size"]),
            Width = width,
            Layers = json.Int(["num_hidden_layers"]),
            Heads = heads,
            KeyHeads = json.Int(["num_key_value_heads"], heads),
            HeadWidth = json.Int(["head_dim"], Math.Max(1, width / heads)),
            Inner = json.Int(["intermediate_size"]),
            MaxTokens = json.Int(["max_position_embeddings"], 2048),
            Epsilon = json.Number(["rms_norm_eps"], 1e-6),
            RotaryBase = json.Number(["rope_theta"], json.Section("rope_parameters")?.Number(["rope_theta"], 10000) ?? 10000),
        };
        config = config with { RotaryScaling = RotaryScaling.From(json, config.HeadWidth, config.RotaryBase) };
        if (config.HeadWidth % 2 != 0)
            throw new CdeException($"{json.Path}: heads are {config.HeadWidth} wide; a width that rotates is even");
        if (heads % config.KeyHeads != 0)
            throw new CdeException($"{json.Path}: num_attention_heads {heads} is no multiple of num_key_value_heads {config.KeyHeads}");
        return config;
    }
}
