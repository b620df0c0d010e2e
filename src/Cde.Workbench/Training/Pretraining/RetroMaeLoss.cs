using Cde.Workbench.Models.LanguageModels;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Pretraining;

/// <summary>
/// The pre-training loss of RetroMAE (Xiao et al. 2022): the encoder's hidden tokens, plus the whole text by the decoder, each a mean over its own labels. The
/// vocabulary's logits are computed at labelled positions alone.
/// </summary>
public static class RetroMaeLoss
{
    /// <summary>Both parts, in nats; their sum is the loss.</summary>
    /// <param name="model">Encoder, decoder and head.</param>
    /// <param name="batch">At least one label on each side.</param>
    public static (Tensor Encoder, Tensor Decoder) Parts(RetroMaeModel model, RetroMaeBatch batch)
    {
        using var scope = NewDisposeScope();
        var (parts, _) = Read(model, batch);
        return (parts[0].Loss.MoveToOuterDisposeScope(), parts[1].Loss.MoveToOuterDisposeScope());
    }

    /// <summary>What encoder and decoder say of the hidden tokens, and the texts' vectors (B, d).</summary>
    internal static (IReadOnlyList<HiddenTokens> Parts, Tensor Vectors) Read(RetroMaeModel model, RetroMaeBatch batch)
    {
        var hidden = model.Encoder.forward(batch.EncoderIds, batch.Mask); // (B, T, d)
        var text = hidden.select(1, 0);
        var rebuilt = model.Decode(text, batch.DecoderIds, batch.Visible);
        return ([HiddenTokens.Of(model.Logits, hidden, batch.EncoderLabels), HiddenTokens.Of(model.Logits, rebuilt, batch.DecoderLabels)], text);
    }
}
