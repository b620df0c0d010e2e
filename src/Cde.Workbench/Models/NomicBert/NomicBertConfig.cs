using Cde.Workbench.Models.Layers;

namespace Cde.Workbench.Models.NomicBert;

/// <summary>The feed-forward part of a NomicBERT layer.</summary>
public enum NomicActivation
{
    /// <summary><c>fc2(gelu(fc1(x)))</c>, exact GELU; every name without a gate means this, as in the original.</summary>
    Gelu,

    /// <summary><c>fc2(fc11(x) * silu(fc12(x)))</c>.</summary>
    SwiGlu,

    /// <summary><c>fc2(fc11(x) * gelu(fc12(x)))</c>.</summary>
    GeGlu,

    /// <summary><c>fc2(fc11(x) * sigmoid(fc12(x)))</c>.</summary>
    Glu,
}

/// <summary>Sizes and switches of a NomicBERT encoder (spec ), from the names of <c>nomic-bert-2048</c> or the library's own port.</summary>
public sealed record NomicBertConfig : BackboneConfig
{
    /// <summary>Rows of the word table, before padding.</summary>
    public override required int VocabularySize { get; init; }

    /// <summary>d, <c>n_embd</c>.</summary>
    public override required int Width { get; init; }

    /// <summary><c>n_layer</c>.</summary>
    public override required int Layers { get; init; }

    /// <summary>H, <c>n_head</c>.</summary>
    public required int Heads { get; init; }

    /// <summary><c>n_inner</c>; 4 d where absent.</summary>
    public required int Inner { get; init; }

    /// <summary><c>n_positions</c>.</summary>
    public int MaxPositions { get; init; } = 2048;

    /// <summary>The word table is padded to a multiple of this.</summary>
    public int VocabularyMultiple { get; init; } = 1;

    /// <summary>Rows of the token type table; 0 for none.</summary>
    public int TypeCount { get; init; } = 2;

    /// <summary>Of the layer norms.</summary>
    public override double Epsilon { get; init; } = 1e-12;

    /// <summary>The feed-forward part.</summary>
    public NomicActivation Activation { get; init; } = NomicActivation.SwiGlu;

    /// <summary>Whether Wqkv and out_proj have biases.</summary>
    public bool AttentionBias { get; init; }

    /// <summary>Whether fc1, fc11 and fc12 have biases.</summary>
    public bool Inner1Bias { get; init; }

    /// <summary>Whether fc2 has a bias.</summary>
    public bool Inner2Bias { get; init; }

    /// <summary>Share of each head that rotates; at 0 the encoder has an absolute position table instead.</summary>
    public double RotaryFraction { get; init; } = 1;

    /// <summary>Base of the rotary frequencies.</summary>
    public double RotaryBase { get; init; } = 1000;

    /// <summary>Whether neighbouring pairs rotate rather than halves.</summary>
    public bool RotaryInterleaved { get; init; }

    /// <summary>Dropout after the embeddings in training.</summary>
    public override double EmbeddingDropout { get; init; }

    /// <summary>Dropout before each residual sum in training.</summary>
    public double ResidualDropout { get; init; }

    /// <summary>E, <c>num_experts</c>: experts of a feed-forward part that is a mixture; 0 for none.</summary>
    public int Experts { get; init; }

    /// <summary>Every so many layers one is a mixture, the second first (<c>moe_every_n_layers</c>); 0 for none.</summary>
    public int MixtureEvery { get; init; }

    /// <summary>k, <c>moe_top_k</c>: experts that compute a token.</summary>
    public int ExpertsPerToken { get; init; } = 1;

    /// <summary>Whether a token's k probabilities are divided by their sum (<c>moe_normalize_expert_weights</c>).</summary>
    public bool NormalisesExperts { get; init; }

    /// <summary>Dropout before a mixture's residual sum in training, <c>moe_resid_pdrop</c>; as the other layers' where absent.</summary>
    public double ExpertDropout { get; init; }

    /// <summary>Whether a layer's feed-forward part is a mixture of experts; layers count from 0.</summary>
    public bool IsMixture(int layer) => Experts > 0 && MixtureEvery > 0 && layer % MixtureEvery == 1;

    /// <summary>Whether any layer is.</summary>
    public bool HasExperts => Layers > 1 && IsMixture(1);

    /// <summary>Rows of the word table as stored.</summary>
    public int PaddedVocabularySize => (VocabularySize + VocabularyMultiple - 1) / VocabularyMultiple * VocabularyMultiple;

    /// <summary>Whether the feed-forward part has a gate.</summary>
    public bool IsGated => Activation != NomicActivation.Gelu;

    /// <summary>Width of the feed-forward layer as stored: gated widths are rounded up to a multiple of 256.</summary>
    public int StoredInner => IsGated ? (Inner + 255) / 256 * 256 : Inner;

    /// <inheritdoc/>
    public override BackboneConfig WithoutDropout() => this with { EmbeddingDropout = 0, ResidualDropout = 0, ExpertDropout = 0 };

    /// <inheritdoc/>
    internal override BackboneEncoder Build(WeightScope weights) => new NomicBertEncoder(this, weights);

    /// <summary>Reads the configuration; refuses what this encoder does not compute.</summary>
    /// <exception cref="CdeException">A key is missing, out of range or asks for something else.</exception>
    public static NomicBertConfig From(JsonConfig json)
    {
        Refuse(json, "prenorm");
        Refuse(json, "parallel_block");
        Refuse(json, "use_rms_norm");
        Refuse(json, "causal");
        var width = json.Int(["n_embd", "hidden_size"]);
        var own = json.Has("n_embd");
        var config = new NomicBertConfig
        {
            VocabularySize = json.Int(["vocab_size"]),
            Width = width,
            Layers = json.Int(["n_layer", "num_hidden_layers"]),
            Heads = json.Int(["n_head", "num_attention_heads"]),
            Inner = json.Int(["n_inner", "intermediate_size"], 4 * width),
            MaxPositions = Positions(json),
            VocabularyMultiple = json.Int(["pad_vocab_size_multiple"], 1),
            TypeCount = json.Int(["type_vocab_size"], 2, least: 0),
            Epsilon = json.Number(["layer_norm_epsilon", "layer_norm_eps"], 1e-12),
            Activation = json.Text(["activation_function", "hidden_act"], "swiglu") switch
            {
                "swiglu" => NomicActivation.SwiGlu,
                "geglu" => NomicActivation.GeGlu,
                "glu" => NomicActivation.Glu,
                _ => NomicActivation.Gelu,
            },
            AttentionBias = json.Flag("qkv_proj_bias", false),
            Inner1Bias = json.Flag("mlp_fc1_bias", false),
            Inner2Bias = json.Flag("mlp_fc2_bias", false),
            RotaryFraction = json.Number(["rotary_emb_fraction"], own ? 0 : 1),
            RotaryBase = json.Number(["rotary_emb_base", "rope_theta"], own ? 1000 : 10000),
            RotaryInterleaved = json.Flag("rotary_emb_interleaved", false),
            EmbeddingDropout = json.Number(["embd_pdrop"], 0),
            ResidualDropout = json.Number(["resid_pdrop"], 0),
            Experts = json.Int(["num_experts"], 0, least: 0),
            MixtureEvery = json.Int(["moe_every_n_layers"], 0, least: 0),
            ExpertsPerToken = json.Int(["moe_top_k"], 1),
            NormalisesExperts = json.Flag("moe_normalize_expert_weights", false),
            ExpertDropout = json.Number(["moe_resid_pdrop", "resid_pdrop"], 0),
        };
        if (config is { Experts: > 0, MixtureEvery: > 0 })
            RequireComputed(json, config);
        if (config.Width % config.Heads != 0)
            throw new CdeException($"{json.Path}: width {config.Width} is no multiple of the number of heads, {config.Heads}");
        if (config.RotaryFraction is < 0 or > 1)
            throw new CdeException($"{json.Path}: \"rotary_emb_fraction\" is {config.RotaryFraction}, expected 0 to 1");
        return config;
    }

    /// <summary>Sees that a mixture of experts is one that is computed here.</summary>
    private static void RequireComputed(JsonConfig json, NomicBertConfig config)
    {
        if (config.MixtureEvery == 1)
            throw new CdeException($"{json.Path}: \"moe_every_n_layers\" is 1, by which no layer is a mixture (layer i is one where i modulo it is 1); expected at least 2, or 0 for none");
        if (config.ExpertsPerToken > config.Experts)
            throw new CdeException($"{json.Path}: \"moe_top_k\" is {config.ExpertsPerToken}, and \"num_experts\" {config.Experts}; a token cannot pass more experts than there are");
        if (config.IsGated)
            throw new CdeException($"{json.Path}: \"activation_function\" is gated; experts with plain GELU are computed here alone");
        json.ExpectOff("expert_choice_router");
        if (json.Int(["num_shared_experts"], 0, least: 0) is > 0 and var shared)
            throw new CdeException($"{json.Path}: \"num_shared_experts\" is {shared}; mixtures without shared experts are computed here alone");
        if (json.Number(["ffn_div"], 1) is not 1 and var divisor)
            throw new CdeException($"{json.Path}: \"ffn_div\" is {divisor}; experts of the width \"n_inner\" are computed here alone");
    }

    // The factor scales rotary positions of texts longer than those trained on, and of no others; such texts are cut.
    private static int Positions(JsonConfig json)
    {
        var positions = json.Int(["n_positions", "max_position_embeddings"], 2048);
        return json.Has("rotary_scaling_factor") && json.Number(["rotary_scaling_factor"], 1) != 1 ? Math.Min(positions, json.Int(["max_trained_positions"], 2048)) : positions;
    }

    private static void Refuse(JsonConfig json, string key)
    {
        if (json.Flag(key, false))
            throw new CdeException($"{json.Path}: \"{key}\" is true; this NomicBERT encoder computes the variant without it only");
    }
}
