namespace Cde.Workbench.Models.Bert;

/// <summary>What a checkpoint calls the layers of an encoder of BERT's shape; dots part the levels.</summary>
/// <param name="Layers">Where the layers stand, before their number.</param>
/// <param name="Query">The map (d, d) that makes queries.</param>
/// <param name="Key">The map (d, d) that makes keys.</param>
/// <param name="Value">The map (d, d) that makes values.</param>
/// <param name="Output">The attention's output map (d, d).</param>
/// <param name="AttentionNorm">The norm after the attention's residual.</param>
/// <param name="Inner">The feed-forward part's first map.</param>
/// <param name="Outer">The feed-forward part's last map.</param>
/// <param name="OutputNorm">The norm after the feed-forward part's residual.</param>
public sealed record BertLayerNames(
    string Layers, string Query, string Key, string Value, string Output, string AttentionNorm, string Inner, string Outer, string OutputNorm)
{
    /// <summary>BERT's, RoBERTa's and XLM-R's.</summary>
    public static BertLayerNames Bert { get; } = new(
        "encoder.layer", "attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense", "attention.output.LayerNorm",
        "intermediate.dense", "output.dense", "output.LayerNorm");

    /// <summary>DistilBERT's.</summary>
    public static BertLayerNames DistilBert { get; } = new(
        "transformer.layer", "attention.q_lin", "attention.k_lin", "attention.v_lin", "attention.out_lin", "sa_layer_norm",
        "ffn.lin1", "ffn.lin2", "output_layer_norm");

    /// <summary>MPNet's.</summary>
    public static BertLayerNames Mpnet { get; } = new(
        "encoder.layer", "attention.attn.q", "attention.attn.k", "attention.attn.v", "attention.attn.o", "attention.LayerNorm",
        "intermediate.dense", "output.dense", "output.LayerNorm");
}
