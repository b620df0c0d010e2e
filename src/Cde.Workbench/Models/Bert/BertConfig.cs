namespace Cde.Workbench.Models.Bert;

/// <summary>Sizes of a BERT encoder, as <c>config.json</c> of a Hugging Face BertModel names them.</summary>
/// <param name="VocabularySize">Rows of the word table.</param>
/// <param name="Width">d, <c>hidden_size</c>.</param>
/// <param name="Layers"><c>num_hidden_layers</c>.</param>
/// <param name="Heads">H, <c>num_attention_heads</c>; divides d.</param>
/// <param name="Inner">Width of the feed-forward layer, <c>intermediate_size</c>.</param>
/// <param name="MaxPositions">Rows of the position table, <c>max_position_embeddings</c>.</param>
/// <param name="TypeCount">Rows of the token type table.</param>
/// <param name="Epsilon">Of the layer norms.</param>
/// <param name="Dropout">Probability in training, <c>hidden_dropout_prob</c>.</param>
public sealed record BertConfig(
    int VocabularySize, int Width, int Layers, int Heads, int Inner, int MaxPositions, int TypeCount = 2, double Epsilon = 1e-12, double Dropout = 0.1)
{
    /// <summary>Reads the configuration; refuses what this encoder does not compute.</summary>
    /// <exception cref="CdeException">A key is missing, out of range or asks for something else.</exception>
    public static BertConfig From(JsonConfig json)
    {
        var activation = json.Text(["hidden_act"], "gelu");
        if (activation != "gelu")
            throw new CdeException($"{json.Path}: \"hidden_act\" is \"{activation}\"; this BERT encoder computes \"gelu\" only");
        var positions = json.Text(["position_embedding_type"], "absolute");
        if (positions != "absolute")
            throw new CdeException($"{json.Path}: \"position_embedding_type\" is \"{positions}\"; this BERT encoder computes \"absolute\" only");
        var config = new BertConfig(
            json.Int(["vocab_size"]),
            json.Int(["hidden_size"]),
            json.Int(["num_hidden_layers"]),
            json.Int(["num_attention_heads"]),
            json.Int(["intermediate_size"]),
            json.Int(["max_position_embeddings"]),
            json.Int(["type_vocab_size"], 2),
            json.Number(["layer_norm_eps"], 1e-12),
            json.Number(["hidden_dropout_prob"], 0.1));
        if (config.Width % config.Heads != 0)
            throw new CdeException($"{json.Path}: hidden_size {config.Width} is no multiple of num_attention_heads {config.Heads}");
        return config;
    }
}
