using System.ComponentModel.DataAnnotations;
using Cde.Workbench.Search;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>What <see cref="MarginRanking"/> may do otherwise.</summary>
public sealed record MarginRankingOptions : LossOptions
{
    /// <summary>How vectors are compared.</summary>
    /// <value>Default cosine.</value>
    public Similarity Similarity { get; init; } = Similarity.Cosine;

    /// <summary>How much more similar the document must be than the negative.</summary>
    /// <value>Default 0.5; from 0 to 1000.</value>
    [Range(0.0, 1000.0)]
    public double Margin { get; init; } = 0.5;
}

/// <summary>The hinge: the document more similar to the query than the negative, by a margin.</summary>
public static class MarginRanking
{
    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<MarginRankingOptions>(
        (batch, options) => Loss(batch.Queries!, batch.Documents!, batch.Negatives!, options))
    {
        Name = "margin-ranking",
        Family = LossFamily.Triplets,
        Summary = "mean relu(s(q_i, n_ij) - s(q_i, d_i) + margin)",
        Inputs = "queries (B, d); documents (B, d); negatives (B n, d)",
        Requirements = "as triplet",
        Relations = "triplet with distances; the same as triplet with cosine distance where the similarity is the cosine",
        Reference = "Herbrich, Graepel and Obermayer 2000",
        Needs = LossInputs.Queries | LossInputs.Documents | LossInputs.Negatives,
    };

    /// <summary>The loss, a similarity.</summary>
    /// <param name="queries">(B, d).</param>
    /// <param name="documents">(B, d).</param>
    /// <param name="negatives">(B n, d).</param>
    /// <param name="options">The defaults where null.</param>
    public static Tensor Loss(Tensor queries, Tensor documents, Tensor negatives, MarginRankingOptions? options = null)
    {
        VectorScores.RequirePairs(queries, documents);
        var valid = LossOptions.Valid(options);
        using var scope = NewDisposeScope();
        var scores = VectorScores.Own(queries, documents, negatives, valid.Similarity); // (B, 1 + n)
        return (scores.narrow(1, 1, scores.size(1) - 1) - scores.narrow(1, 0, 1) + valid.Margin).relu().mean().MoveToOuterDisposeScope();
    }
}
