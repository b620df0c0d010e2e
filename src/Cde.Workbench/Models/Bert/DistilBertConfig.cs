namespace Cde.Workbench.Models.Bert;

/// <summary>DistilBERT (Sanh et al. 2019) as BERT: no token types, no pooler, its own names.</summary>
internal static class DistilBertConfig
{
    /// <summary>Reads <c>config.json</c>, in DistilBERT's own keys.</summary>
    /// <exception cref="CdeException">A key is missing, out of range or asks for something else.</exception>
    public static BertConfig From(JsonConfig json)
    {
        json.Expect("activation", "gelu");
        return new BertConfig(
            json.Int(["vocab_size"]),
            json.Int(["dim"]),
            json.Int(["n_layers"]),
            json.Int(["n_heads"]),
            json.Int(["hidden_dim"]),
            json.Int(["max_position_embeddings"]),
            TypeCount: 0,
            Dropout: json.Number(["dropout"], 0.1))
        {
            Names = BertLayerNames.DistilBert,
        }.Checked(json);
    }
}
