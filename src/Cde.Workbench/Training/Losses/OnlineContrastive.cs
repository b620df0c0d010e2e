using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary><see cref="Contrastive"/> on the hard pairs of the batch: like pairs farther than the nearest unlike one, unlike pairs nearer than the farthest like one.</summary>
public static class OnlineContrastive
{
    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<ContrastiveOptions>(
        (batch, options) => Loss(batch.Queries!, batch.Documents!, batch.Labels!, options))
    {
        Name = "online-contrastive",
        Family = LossFamily.ScoredPairs,
        Summary = "sum of D^2 over hard like pairs + sum of relu(margin - D)^2 over hard unlike pairs",
        Inputs = "first texts (B, d); second texts (B, d); labels (B), 1 for like and 0 for unlike",
        Requirements = "at least two pairs of each kind in every batch. The loss is a sum: it grows with the batch",
        Relations = "contrastive over all pairs, as a mean",
        Reference = "as sentence-transformers",
        Needs = LossInputs.Queries | LossInputs.Documents | LossInputs.Labels,
        SimilarityBounds = (0, 1),
    };

    /// <summary>
    /// The loss, a squared distance. A like pair is hard where it is farther than the nearest unlike pair, an unlike pair where it is nearer than the farthest
    /// like pair. Where the other kind has at most one pair, the mean distance of the own kind is the bound.
    /// </summary>
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
        var like = labels.ne(0);
        var fixedDistances = distances.detach();
        var hardLike = like.logical_and(fixedDistances.gt(Bound(fixedDistances, like, isFarthest: false)));
        var hardUnlike = like.logical_not().logical_and(fixedDistances.lt(Bound(fixedDistances, like, isFarthest: true)));
        var near = (distances.square() * hardLike.to_type(distances.dtype)).sum();
        var far = ((valid.Margin - distances).relu().square() * hardUnlike.to_type(distances.dtype)).sum();
        return (near + far).MoveToOuterDisposeScope();
    }

    /// <summary>The distance of the farthest like pair, or of the nearest unlike one.</summary>
    private static Tensor Bound(Tensor distances, Tensor like, bool isFarthest)
    {
        var (others, own) = isFarthest ? (like, like.logical_not()) : (like.logical_not(), like);
        if (others.sum().item<long>() <= 1)
            return Mean(distances, own);
        return isFarthest
            ? distances.masked_fill(others.logical_not(), float.NegativeInfinity).max()
            : distances.masked_fill(others.logical_not(), float.PositiveInfinity).min();
    }

    private static Tensor Mean(Tensor distances, Tensor chosen)
    {
        var weights = chosen.to_type(distances.dtype);
        return (distances * weights).sum() / weights.sum().clamp_min(1);
    }
}
