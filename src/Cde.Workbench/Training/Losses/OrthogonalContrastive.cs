using System.ComponentModel.DataAnnotations;
using Cde.Workbench.Search;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>What <see cref="OrthogonalContrastive"/> may do otherwise.</summary>
public sealed record OrthogonalContrastiveOptions : LossOptions
{
    /// <summary>The cosine up to which a wrong pair costs nothing.</summary>
    /// <value>Default 0; from -1 to 1.</value>
    [Range(-1.0, 1.0)]
    public double Margin { get; init; }
}

/// <summary>Own pairs to cosine 1, all other pairs to a right angle or beyond.</summary>
public static class OrthogonalContrastive
{
    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<OrthogonalContrastiveOptions>(
        (batch, options) => Loss(batch.Queries!, batch.Documents!, batch.Negatives, options))
    {
        Name = "orthogonal",
        Family = LossFamily.Contrastive,
        Summary = "mean over 1 - cos(q_i, d_i), relu(cos(q_i, d_j) - m) for j other than i, relu(cos(q_i, n_j) - m) and relu(cos(d_i, n_j) - m)",
        Inputs = "queries (B, d); documents (B, d); hard negatives (B n, d)",
        Requirements = "few false negatives: each costs in full, there is no softmax to share it",
        Relations = "contrastive over all pairs of the batch, with a hinge on the cosine in place of its square",
        Reference = "Solatorio 2024 (GISTEmbed)",
        Needs = LossInputs.Queries | LossInputs.Documents,
        Takes = LossInputs.Negatives,
    };

    /// <summary>The loss, a cosine distance.</summary>
    /// <param name="queries">(B, d).</param>
    /// <param name="documents">(B, d).</param>
    /// <param name="negatives">(B n, d); null for none.</param>
    /// <param name="options">The defaults where null.</param>
    public static Tensor Loss(Tensor queries, Tensor documents, Tensor? negatives = null, OrthogonalContrastiveOptions? options = null)
    {
        VectorScores.RequirePairs(queries, documents);
        var margin = LossOptions.Valid(options).Margin;
        using var scope = NewDisposeScope();
        var cosines = VectorScores.Matrix(queries, documents, Similarity.Cosine); // (B, B)
        var own = eye(queries.size(0), dtype: ScalarType.Bool, device: queries.device);
        var parts = new List<Tensor> { where(own, 1 - cosines, (cosines - margin).relu()).flatten() };
        if (negatives is not null)
        {
            parts.Add((VectorScores.Matrix(queries, negatives, Similarity.Cosine) - margin).relu().flatten());
            parts.Add((VectorScores.Matrix(documents, negatives, Similarity.Cosine) - margin).relu().flatten());
        }

        return cat(parts, 0).mean().MoveToOuterDisposeScope();
    }
}
