using Cde.Workbench.Models.LanguageModels;
using Cde.Workbench.Text;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Pretraining;

/// <summary>RetroMAE (Xiao et al. 2022): the encoder's hidden tokens, and the whole text by the decoder. The encoder stays the caller's.</summary>
internal sealed class RetroMaePretraining(RetroMaeModel model, TokenMasking encoder, TokenMasking decoder, int padId, Device device) : PretrainedModel
{
    public override nn.Module Module => model;

    public override IDisposable Batch(TokenBatch tokens, IReadOnlyList<int> rows, long seed) => RetroMaeBatch.From(tokens, rows, encoder, decoder, padId, seed, device);

    public override IReadOnlyList<long> Asked(IDisposable batch)
    {
        var own = (RetroMaeBatch)batch;
        return [MaskedPretraining.Count(own.EncoderLabels), MaskedPretraining.Count(own.DecoderLabels)];
    }

    public override (IReadOnlyList<HiddenTokens> Parts, Tensor Vectors) Read(IDisposable batch) => RetroMaeLoss.Read(model, (RetroMaeBatch)batch);

    public override void Dispose() => model.DisposeAroundEncoder();
}
