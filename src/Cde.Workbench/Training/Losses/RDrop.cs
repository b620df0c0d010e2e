using System.ComponentModel.DataAnnotations;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>What <see cref="RDrop"/> may do otherwise.</summary>
public sealed record RDropOptions : LossOptions
{
    /// <summary>Weight of the divergence of both passes.</summary>
    /// <value>Default 4, open-retrievals'; from 0 to 100.</value>
    [Range(0.0, 100.0)]
    public double Alpha { get; init; } = 4;
}

/// <summary>R-Drop: cross-entropy of two passes with other dropout, which must also agree with each other.</summary>
public static class RDrop
{
    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<RDropOptions>(
        (batch, options) => Loss(batch.Scores!, batch.SecondScores!, batch.Labels!, options))
    {
        Name = "r-drop",
        Family = LossFamily.Scores,
        Summary = "(CE(p) + CE(q)) / 2 + alpha (KL(p || q) + KL(q || p)) / 2",
        Inputs = "logits (B, K) of a first pass; logits (B, K) of a second; classes (B) int64",
        Requirements = "a model with dropout on",
        Relations = "cross-entropy where alpha is 0; simcse uses dropout the same way on vectors",
        Reference = "Liang et al. 2021",
        Needs = LossInputs.Scores | LossInputs.SecondScores | LossInputs.Labels,
    };

    /// <summary>The loss, in nats.</summary>
    /// <param name="first">(B, K).</param>
    /// <param name="second">(B, K).</param>
    /// <param name="classes">(B) int64.</param>
    /// <param name="options">The defaults where null.</param>
    public static Tensor Loss(Tensor first, Tensor second, Tensor classes, RDropOptions? options = null)
    {
        var alpha = LossOptions.Valid(options).Alpha;
        using var scope = NewDisposeScope();
        var (p, q) = (first.log_softmax(1), second.log_softmax(1));
        var entropy = (nn.functional.nll_loss(p, classes) + nn.functional.nll_loss(q, classes)) / 2;
        var divergence = ((p.exp() - q.exp()) * (p - q)).sum(1).mean() / 2; // KL(p || q) + KL(q || p) in one
        return (entropy + divergence * alpha).MoveToOuterDisposeScope();
    }
}
