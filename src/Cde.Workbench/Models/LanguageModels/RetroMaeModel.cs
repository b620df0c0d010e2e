using Cde.Workbench.Models.Bert;
using Cde.Workbench.Models.Layers;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.LanguageModels;

/// <summary>
/// RetroMAE with enhanced decoding (Xiao et al. 2022; spec A-9), with the original's tensor names: a BERT encoder that sees a lightly hidden text, and one
/// attention layer that must rebuild the whole text from the encoder's first vector and, for each token, another small part of the text.
/// </summary>
public sealed class RetroMaeModel : nn.Module
{
    private readonly MaskedLanguageModelHead head;
    private readonly BertLayer decoder;

    /// <summary>Builds the model from weights under <c>lm.bert</c>, <c>lm.cls.predictions</c> and <c>c_head</c>.</summary>
    public RetroMaeModel(BertConfig config, WeightScope weights)
        : this(new BertEncoder(config, weights["lm"]["bert"]), weights)
    {
    }

    /// <summary>Puts decoder and head around an encoder, from weights under <c>lm.cls.predictions</c> and <c>c_head</c>.</summary>
    public RetroMaeModel(BertEncoder encoder, WeightScope weights)
        : base(nameof(RetroMaeModel))
    {
        var config = encoder.Config;
        Encoder = ModuleTree.Add(this, "lm.bert", encoder);
        head = ModuleTree.Add(this, "lm.cls.predictions", new MaskedLanguageModelHead(config.VocabularySize, config.Width, config.Epsilon, weights["lm"]["cls"]["predictions"]));
        decoder = ModuleTree.Add(this, "c_head", new BertLayer(config, weights["c_head"]));
    }

    /// <summary>The encoder: what is kept after pre-training.</summary>
    public BertEncoder Encoder { get; }

    /// <summary>
    /// Hidden states of the decoder: each position asks with the text's vector, and sees that vector in place of the first token and the other tokens where
    /// <paramref name="visible"/> is 1. A position that sees nothing sees everything evenly, as in the original; it must carry no label.
    /// </summary>
    /// <param name="text">(B, d), the encoder's first hidden state.</param>
    /// <param name="ids">(B, T) int64, the whole text.</param>
    /// <param name="visible">(B, T, T), 1 where the row's position sees the column's.</param>
    /// <returns>(B, T, d).</returns>
    public Tensor Decode(Tensor text, Tensor ids, Tensor visible)
    {
        var (batch, length) = (ids.size(0), ids.size(1));
        var query = Encoder.Embed(text.unsqueeze(1).expand(batch, length, text.size(1))); // (B, T, d)
        var tokens = Encoder.Embed(Encoder.Words(ids)).narrow(1, 1, length - 1);
        var seen = cat([text.unsqueeze(1), tokens], 1); // (B, T, d)
        return decoder.forward(query, seen, Attention.Bias(visible.unsqueeze(1), query.dtype));
    }

    /// <summary>Logits of hidden states, by the head that encoder and decoder share: (..., d) -> (..., V).</summary>
    public Tensor Logits(Tensor hidden) => head.forward(hidden, Encoder.WordTable);

    /// <summary>Frees decoder and head alone.</summary>
    internal void DisposeAroundEncoder()
    {
        head.Dispose();
        decoder.Dispose();
    }
}
