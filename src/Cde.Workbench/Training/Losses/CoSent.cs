using System.ComponentModel.DataAnnotations;
using Cde.Workbench.Search;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>What <see cref="CoSent"/> may do otherwise.</summary>
public sealed record CoSentOptions : LossOptions
{
    /// <summary>What cosines are multiplied by: 1 / temperature.</summary>
    /// <value>Default 20; from 1e-2 to 1e4.</value>
    [Range(1e-2, 1e4)]
    public double Scale { get; init; } = 20;
}

/// <summary>CoSENT: the cosines of a batch in the order of their labels.</summary>
public static class CoSent
{
    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<CoSentOptions>(
        (batch, options) => Loss(batch.Queries!, batch.Documents!, batch.Labels!, options))
    {
        Name = "cosent",
        Family = LossFamily.ScoredPairs,
        Summary = "log(1 + sum over label_i < label_j of exp(scale (c_i - c_j))), c the cosines of the pairs",
        Inputs = "first texts (B, d); second texts (B, d); labels (B), any scale",
        Requirements = "at least two different labels in a batch; equal labels are not compared",
        Relations = "angle with the angle of complex halves in place of the cosine; cosine-mse asks for the labels themselves, not their order",
        Reference = "Su 2022 (CoSENT)",
        Needs = LossInputs.Queries | LossInputs.Documents | LossInputs.Labels,
    };

    /// <summary>The loss.</summary>
    /// <param name="first">(B, d).</param>
    /// <param name="second">(B, d).</param>
    /// <param name="labels">(B), the larger the more similar.</param>
    /// <param name="options">The defaults where null.</param>
    public static Tensor Loss(Tensor first, Tensor second, Tensor labels, CoSentOptions? options = null)
    {
        VectorScores.RequirePairs(first, second);
        var scale = LossOptions.Valid(options).Scale;
        using var scope = NewDisposeScope();
        return PairOrder.Loss(VectorScores.Pairs(first, second, Similarity.Cosine) * scale, PairOrder.Of(labels)).MoveToOuterDisposeScope();
    }
}
