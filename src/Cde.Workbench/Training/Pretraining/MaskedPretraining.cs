using Cde.Workbench.Models;
using Cde.Workbench.Models.LanguageModels;
using Cde.Workbench.Text;
using Cde.Workbench.Training.Losses;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Pretraining;

/// <summary>Masked language modelling (Devlin et al. 2019): the hidden tokens from the rest of the text. The encoder stays the caller's.</summary>
internal sealed class MaskedPretraining(LanguageModel model, TokenMasking masking, int padId, Device device) : PretrainedModel
{
    public override nn.Module Module => model;

    public override IDisposable Batch(TokenBatch tokens, IReadOnlyList<int> rows, long seed) => MaskedBatch.From(tokens, rows, masking, padId, seed, device);

    public override IReadOnlyList<long> Asked(IDisposable batch) => [Count(((MaskedBatch)batch).Labels)];

    public override (IReadOnlyList<HiddenTokens> Parts, Tensor Vectors) Read(IDisposable batch)
    {
        var (ids, mask, labels) = (MaskedBatch)batch;
        var hidden = model.HiddenStates(ids, mask); // (B, T, d)
        return ([HiddenTokens.Of(model.Logits, hidden, labels)], Pooling.Mean(hidden.detach(), mask));
    }

    public override void Dispose() => model.DisposeHead();

    /// <summary>Labels that ask for a token.</summary>
    internal static long Count(Tensor labels)
    {
        using var asked = labels.ne(MaskedLanguageModel.Ignored);
        using var sum = asked.sum();
        return sum.item<long>();
    }
}
