using Cde.Workbench.Training.Losses;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Pretraining;

/// <summary>What a language model says of the tokens that were hidden from it.</summary>
/// <param name="Loss">The mean cross-entropy in nats, a scalar.</param>
/// <param name="Right">Hidden tokens that it holds for the likeliest.</param>
/// <param name="Asked">Hidden tokens.</param>
internal sealed record HiddenTokens(Tensor Loss, long Right, long Asked)
{
    /// <summary>The loss of hidden states; the vocabulary's logits are computed at labelled positions alone.</summary>
    /// <param name="logits">Hidden states to logits: (n, d) -> (n, V).</param>
    /// <param name="hidden">(B, T, d).</param>
    /// <param name="labels">(B, T) token ids, <see cref="MaskedLanguageModel.Ignored"/> where nothing is asked; at least one is.</param>
    public static HiddenTokens Of(Func<Tensor, Tensor> logits, Tensor hidden, Tensor labels)
    {
        using var scope = NewDisposeScope();
        var places = labels.flatten().ne(MaskedLanguageModel.Ignored).nonzero().squeeze(1);
        var asked = labels.flatten().index_select(0, places);
        var said = logits(hidden.flatten(0, 1).index_select(0, places).to_type(ScalarType.Float32)); // (labels, V)
        var right = said.detach().argmax(1).eq(asked).sum().item<long>();
        return new HiddenTokens(MaskedLanguageModel.Loss(said, asked).MoveToOuterDisposeScope(), right, asked.size(0));
    }
}
