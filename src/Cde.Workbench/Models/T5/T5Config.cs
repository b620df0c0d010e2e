namespace Cde.Workbench.Models.T5;

/// <summary>Sizes of a T5 encoder, as <c>config.json</c> names them.</summary>
/// <param name="VocabularySize">Rows of the word table.</param>
/// <param name="Width">d, <c>d_model</c>.</param>
/// <param name="Layers"><c>num_layers</c>.</param>
/// <param name="Heads">H, <c>num_heads</c>.</param>
/// <param name="HeadWidth"><c>d_kv</c>; H times it need not be d.</param>
/// <param name="Inner">Width of the feed-forward part, <c>d_ff</c>.</param>
/// <param name="IsGated">Whether the feed-forward part is <c>gelu(x W0) * (x W1)</c> (T5 1.1), rather than <c>relu(x W)</c>.</param>
/// <param name="Buckets">Rows of the relative positions' table.</param>
/// <param name="MaxDistance">Where the last bucket begins, in tokens.</param>
/// <param name="MaxTokens">The longest text; nothing but its training limits a T5 encoder.</param>
/// <param name="Epsilon">Of the norms.</param>
/// <param name="Dropout">Probability in training, <c>dropout_rate</c>.</param>
public sealed record T5Config(
    int VocabularySize, int Width, int Layers, int Heads, int HeadWidth, int Inner, bool IsGated, int Buckets = 32, int MaxDistance = 128, int MaxTokens = 512,
    double Epsilon = 1e-6, double Dropout = 0.1)
{
    /// <summary>Reads the configuration; refuses what this encoder does not compute.</summary>
    /// <exception cref="CdeException">A key is missing, out of range or asks for something else.</exception>
    public static T5Config From(JsonConfig json)
    {
        json.Expect("feed_forward_proj", "relu", "gated-gelu");
        return new T5Config(
            json.Int(["vocab_size"]),
            json.Int(["d_model"]),
            json.Int(["num_layers"]),
            json.Int(["num_heads"]),
            json.Int(["d_kv"]),
            json.Int(["d_ff"]),
            json.Text(["feed_forward_proj"], "relu") == "gated-gelu",
            json.Int(["relative_attention_num_buckets"], 32, least: 4),
            json.Int(["relative_attention_max_distance"], 128, least: 16),
            json.Int(["n_positions"], 512),
            json.Number(["layer_norm_epsilon"], 1e-6),
            json.Number(["dropout_rate"], 0.1));
    }
}
