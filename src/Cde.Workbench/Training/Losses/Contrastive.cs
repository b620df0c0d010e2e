using System.ComponentModel.DataAnnotations;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>What <see cref="Contrastive"/> and <see cref="OnlineContrastive"/> may do otherwise.</summary>
public sealed record ContrastiveOptions : LossOptions
{
    /// <summary>The distance from which an unlike pair costs nothing.</summary>
    /// <value>Default 0.5; from 0 to 1000.</value>
    [Range(0.0, 1000.0)]
    public double Margin { get; init; } = 0.5;

    /// <summary>How distance is measured.</summary>
    /// <value>Default cosine.</value>
    public VectorDistance Distance { get; init; } = VectorDistance.Cosine;
}

/// <summary>Like pairs together, unlike pairs at least a margin apart.</summary>
public static class Contrastive
{
    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<ContrastiveOptions>(
        (batch, options) => Loss(batch.Queries!, batch.Documents!, batch.Labels!, options))
    {
        Name = "contrastive",
        Family = LossFamily.ScoredPairs,
        Summary = "mean (y D^2 + (1 - y) relu(margin - D)^2) / 2, D the distance of the pair",
        Inputs = "first texts (B, d); second texts (B, d); labels (B), 1 for like and 0 for unlike",
        Requirements = "pairs of both kinds",
        Relations = "online-contrastive takes the hard pairs of the batch only",
        Reference = "Hadsell, Chopra and LeCun 2006",
        Needs = LossInputs.Queries | LossInputs.Documents | LossInputs.Labels,
        SimilarityBounds = (0, 1),
    };

    /// <summary>The loss, a squared distance.</summary>
    /// <param name="first">(B, d).</param>
    /// <param name="second">(B, d).</param>
    /// <param name="labels">(B), 1 or 0.</param>
    /// <param name="options">The defaults where null.</param>
    public static Tensor Loss(Tensor first, Tensor second, Tensor labels, ContrastiveOptions? options = null)
    {
        VectorScores.RequirePairs(first, second);
        var valid = LossOptions.Valid(options);
        using var scope = NewDisposeScope();
        var distances = VectorScores.Distances(first, second, valid.Distance); // (B)
        var like = labels.to_type(distances.dtype);
        return ((like * distances.square() + (1 - like) * (valid.Margin - distances).relu().square()).mean() / 2).MoveToOuterDisposeScope();
    }
}
