using System.ComponentModel.DataAnnotations;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>What <see cref="MaskedLanguageModel"/> may do otherwise.</summary>
public sealed record MaskedLanguageModelOptions : LossOptions
{
    /// <summary>Share of the target spread evenly over the vocabulary.</summary>
    /// <value>Default 0; from 0 to 0.999.</value>
    [Range(0.0, 0.999)]
    public double LabelSmoothing { get; init; }
}

/// <summary>Cross-entropy of the tokens that were hidden.</summary>
public static class MaskedLanguageModel
{
    /// <summary>The label of a position where nothing is asked.</summary>
    public const long Ignored = -100;

    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<MaskedLanguageModelOptions>((batch, options) => Loss(batch.Scores!, batch.Labels!, options))
    {
        Name = "masked-language-model",
        Family = LossFamily.LanguageModel,
        Summary = "mean over the hidden tokens of the whole batch of logsumexp(logits) - logits[token]",
        Inputs = "logits (B, T, V); token ids (B, T) int64, -100 where nothing is asked",
        Requirements = "at least one hidden token a batch (TokenMasking hides them)",
        Relations = "RetroMAE's encoder and decoder are both trained with it",
        Reference = "Devlin et al. 2019",
        Needs = LossInputs.Scores | LossInputs.Labels,
    };

    /// <summary>The loss, in nats.</summary>
    /// <param name="logits">(B, T, V).</param>
    /// <param name="labels">(B, T) int64, <see cref="Ignored"/> where nothing is asked.</param>
    /// <param name="options">The defaults where null.</param>
    public static Tensor Loss(Tensor logits, Tensor labels, MaskedLanguageModelOptions? options = null)
    {
        var smoothing = LossOptions.Valid(options).LabelSmoothing;
        using var scope = NewDisposeScope();
        return nn.functional.cross_entropy(logits.flatten(0, -2), labels.flatten(), ignore_index: Ignored, label_smoothing: smoothing).MoveToOuterDisposeScope();
    }
}
