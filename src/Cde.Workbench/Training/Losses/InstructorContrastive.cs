using System.ComponentModel.DataAnnotations;
using Cde.Workbench.Search;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>What <see cref="InstructorContrastive"/> may do otherwise.</summary>
public sealed record InstructorContrastiveOptions : LossOptions
{
    /// <summary>What cosines are divided by.</summary>
    /// <value>Default 0.01; from 1e-4 to 100.</value>
    [Range(1e-4, 100.0)]
    public double Temperature { get; init; } = 0.01;

    /// <inheritdoc/>
    internal override LossOptions WithTemperature(double value) => this with { Temperature = value };
}

/// <summary>INSTRUCTOR's loss: each query's document against all hard negatives, and each document's query against all queries.</summary>
public static class InstructorContrastive
{
    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<InstructorContrastiveOptions>(
        (batch, options) => Loss(batch.Queries!, batch.Documents!, batch.Negatives!, options))
    {
        Name = "instructor",
        Family = LossFamily.Contrastive,
        Summary = "CE of cos(q_i, d_i) among [cos(q_i, d_i), cos(q_i, n_j) for all j] plus CE of cos(d_i, q_i) among cos(d_i, q_j), both over t",
        Inputs = "queries (B, d); documents (B, d); hard negatives (B n, d)",
        Requirements = "hard negatives of all queries that answer none of the others",
        Relations = "triplet-contrastive adds a hinge, hierarchical takes it over parts of the vectors, improved-contrastive contrasts more pairs",
        Reference = "Su et al. 2023 (INSTRUCTOR)",
        Needs = LossInputs.Queries | LossInputs.Documents | LossInputs.Negatives,
    };

    /// <summary>The loss, in nats.</summary>
    /// <param name="queries">(B, d).</param>
    /// <param name="documents">(B, d).</param>
    /// <param name="negatives">(B n, d); every one is a negative of every query.</param>
    /// <param name="options">The defaults where null.</param>
    public static Tensor Loss(Tensor queries, Tensor documents, Tensor negatives, InstructorContrastiveOptions? options = null)
    {
        VectorScores.RequirePairs(queries, documents);
        var temperature = LossOptions.Valid(options).Temperature;
        using var scope = NewDisposeScope();
        var pairs = VectorScores.Pairs(queries, documents, Similarity.Cosine).unsqueeze(1); // (B, 1)
        var againstNegatives = cat([pairs, VectorScores.Matrix(queries, negatives, Similarity.Cosine)], 1) / temperature; // (B, 1 + B n)
        var againstQueries = VectorScores.Matrix(documents, queries, Similarity.Cosine) / temperature; // (B, B)
        var first = zeros(queries.size(0), dtype: ScalarType.Int64, device: queries.device);
        var own = arange(queries.size(0), dtype: ScalarType.Int64, device: queries.device);
        return (nn.functional.cross_entropy(againstNegatives, first) + nn.functional.cross_entropy(againstQueries, own)).MoveToOuterDisposeScope();
    }
}
