using Cde.Workbench.Models;
using Cde.Workbench.Training.Losses;
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
        var hidden = model.Encoder.forward(batch.EncoderIds, batch.Mask); // (B, T, d)
        var rebuilt = model.Decode(hidden.select(1, 0), batch.DecoderIds, batch.Visible);
        return (Asked(model, hidden, batch.EncoderLabels).MoveToOuterDisposeScope(), Asked(model, rebuilt, batch.DecoderLabels).MoveToOuterDisposeScope());
    }

    private static Tensor Asked(RetroMaeModel model, Tensor hidden, Tensor labels)
    {
        var places = labels.flatten().ne(MaskedLanguageModel.Ignored).nonzero().squeeze(1);
        var logits = model.Logits(hidden.flatten(0, 1).index_select(0, places)); // (labels, V)
        return MaskedLanguageModel.Loss(logits, labels.flatten().index_select(0, places));
    }
}
