using System.ComponentModel.DataAnnotations;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>What <see cref="Triplet"/> may do otherwise.</summary>
public sealed record TripletOptions : LossOptions
{
    /// <summary>How distance is measured.</summary>
    /// <value>Default Euclidean.</value>
    public VectorDistance Distance { get; init; } = VectorDistance.Euclidean;

    /// <summary>How much farther the negative must be than the positive, in that distance.</summary>
    /// <value>Default 5, for Euclidean distances of vectors that are not normalised; 0.2 to 0.5 for cosine. From 0 to 1000.</value>
    [Range(0.0, 1000.0)]
    public double Margin { get; init; } = 5;
}

/// <summary>The document nearer to the query than the negative, by a margin.</summary>
public static class Triplet
{
    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<TripletOptions>(
        (batch, options) => Loss(batch.Queries!, batch.Documents!, batch.Negatives!, options))
    {
        Name = "triplet",
        Family = LossFamily.Triplets,
        Summary = "mean relu(D(q_i, d_i) - D(q_i, n_ij) + margin)",
        Inputs = "queries (B, d); documents (B, d); negatives (B n, d), a query's own n together",
        Requirements = "negatives hard enough to be within the margin; a margin that fits the distance",
        Relations = "margin-ranking on similarities in place of distances; logistic is smooth; info-nce takes the whole batch as negatives",
        Reference = "Schroff, Kalenichenko and Philbin 2015 (FaceNet)",
        Needs = LossInputs.Queries | LossInputs.Documents | LossInputs.Negatives,
    };

    /// <summary>The loss, a distance.</summary>
    /// <param name="queries">(B, d).</param>
    /// <param name="documents">(B, d).</param>
    /// <param name="negatives">(B n, d).</param>
    /// <param name="options">The defaults where null.</param>
    public static Tensor Loss(Tensor queries, Tensor documents, Tensor negatives, TripletOptions? options = null)
    {
        VectorScores.RequirePairs(queries, documents);
        var valid = LossOptions.Valid(options);
        using var scope = NewDisposeScope();
        var distances = VectorScores.Distances(queries.unsqueeze(1), VectorScores.Groups(documents, negatives), valid.Distance); // (B, 1 + n)
        var n = distances.size(1) - 1;
        return (distances.narrow(1, 0, 1) - distances.narrow(1, 1, n) + valid.Margin).relu().mean().MoveToOuterDisposeScope();
    }
}
