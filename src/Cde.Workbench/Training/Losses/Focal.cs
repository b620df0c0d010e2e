using System.ComponentModel.DataAnnotations;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>What <see cref="Focal"/> may do otherwise.</summary>
public sealed record FocalOptions : LossOptions
{
    /// <summary>How fast what is sure already stops to count; 0 is plain cross-entropy.</summary>
    /// <value>Default 2; from 0 to 10.</value>
    [Range(0.0, 10.0)]
    public double Gamma { get; init; } = 2;
}

/// <summary>Cross-entropy that looks at what the model gets wrong.</summary>
public static class Focal
{
    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<FocalOptions>((batch, options) => Loss(batch.Scores!, batch.Labels!, options))
    {
        Name = "focal",
        Family = LossFamily.Scores,
        Summary = "mean -(1 - p)^gamma log p, p the probability of the right class",
        Inputs = "logits (B, K); classes (B) int64",
        Requirements = "unbalanced classes, many of them easy",
        Relations = "cross-entropy where gamma is 0; dice for the same trouble with two classes",
        Reference = "Lin et al. 2017",
        Needs = LossInputs.Scores | LossInputs.Labels,
    };

    /// <summary>The loss, in nats.</summary>
    /// <param name="logits">(B, K).</param>
    /// <param name="classes">(B) int64.</param>
    /// <param name="options">The defaults where null.</param>
    public static Tensor Loss(Tensor logits, Tensor classes, FocalOptions? options = null)
    {
        var gamma = LossOptions.Valid(options).Gamma;
        using var scope = NewDisposeScope();
        var logs = logits.log_softmax(1).gather(1, classes.unsqueeze(1)).squeeze(1); // (B)
        return (-((1 - logs.exp()).pow(gamma) * logs).mean()).MoveToOuterDisposeScope();
    }
}
