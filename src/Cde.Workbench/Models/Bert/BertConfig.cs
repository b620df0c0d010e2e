namespace Cde.Workbench.Models.Bert;

/// <summary>Sizes of a BERT encoder, as <c>config.json</c> of a Hugging Face BertModel names them.</summary>
/// <param name="VocabularySize">Rows of the word table.</param>
/// <param name="Width">d, <c>hidden_size</c>.</param>
/// <param name="Layers"><c>num_hidden_layers</c>.</param>
/// <param name="Heads">H, <c>num_attention_heads</c>; divides d.</param>
/// <param name="Inner">Width of the feed-forward layer, <c>intermediate_size</c>.</param>
/// <param name="MaxPositions">Rows of the position table, <c>max_position_embeddings</c>.</param>
/// <param name="TypeCount">Rows of the token type table; 0 for none.</param>
/// <param name="Epsilon">Of the layer norms.</param>
/// <param name="Dropout">Probability in training, <c>hidden_dropout_prob</c>.</param>
public sealed record BertConfig(
    int VocabularySize, int Width, int Layers, int Heads, int Inner, int MaxPositions, int TypeCount = 2, double Epsilon = 1e-12, double Dropout = 0.1)
{
    /// <summary>The padding's id where positions are counted from it, as RoBERTa does; null where they are counted from 0.</summary>
    public int? PaddingIndex { get; init; }

    /// <summary>What the checkpoint calls its layers.</summary>
    /// <value>Default <see cref="BertLayerNames.Bert"/>.</value>
    public BertLayerNames Names { get; init; } = BertLayerNames.Bert;

    /// <summary>The longest text in tokens.</summary>
    public int MaxTokens => MaxPositions - (PaddingIndex + 1 ?? 0);

    /// <summary>Reads the configuration; refuses what this encoder does not compute.</summary>
    /// <exception cref="CdeException">A key is missing, out of range or asks for something else.</exception>
    public static BertConfig From(JsonConfig json)
    {
        json.Expect("hidden_act", "gelu");
        json.Expect("position_embedding_type", "absolute");
        json.ExpectOff("is_decoder");
        json.ExpectOff("add_cross_attention");
        return new BertConfig(
            json.Int(["vocab_size"]),
            json.Int(["hidden_size"]),
            json.Int(["num_hidden_layers"]),
            json.Int(["num_attention_heads"]),
            json.Int(["intermediate_size"]),
            json.Int(["max_position_embeddings"]),
            json.Int(["type_vocab_size"], 2),
            json.Number(["layer_norm_eps"], 1e-12),
            json.Number(["hidden_dropout_prob"], 0.1)).Checked(json);
    }

    /// <summary>This configuration, where its sizes fit one another.</summary>
    internal BertConfig Checked(JsonConfig json) => Width % Heads == 0 && MaxTokens > 0
        ? this
        : throw new CdeException(MaxTokens > 0
            ? $"{json.Path}: width {Width} is no multiple of the number of heads, {Heads}"
            : $"{json.Path}: {MaxPositions} positions leave none behind the padding index {PaddingIndex}");
}
