using System.ComponentModel.DataAnnotations;
using Cde.Workbench.Search;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>What <see cref="ImprovedContrastive"/> may do otherwise.</summary>
public sealed record ImprovedContrastiveOptions : LossOptions
{
    /// <summary>What cosines are divided by.</summary>
    /// <value>Default 0.01, GTE's; from 1e-4 to 100.</value>
    [Range(1e-4, 100.0)]
    public double Temperature { get; init; } = 0.01;

    /// <inheritdoc/>
    internal override LossOptions WithTemperature(double value) => this with { Temperature = value };
}

/// <summary>GTE's improved contrastive loss as GISTEmbed trains with it: hard negatives in one term, all other pairs of the batch in a second.</summary>
public static class ImprovedContrastive
{
    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<ImprovedContrastiveOptions>(
        (batch, options) => Loss(batch.Queries!, batch.Documents!, batch.Negatives!, options))
    {
        Name = "improved-contrastive",
        Family = LossFamily.Contrastive,
        Summary = "CE of s(q_i, d_i) among itself and s(q_i, n_j) for all j, plus CE of s(q_i, d_i) among itself and s(q_i, d_j), s(d_i, q_j), s(q_i, q_j), s(d_i, d_j) for j other than i; s the cosine over t",
        Inputs = "queries (B, d); documents (B, d); hard negatives (B n, d)",
        Requirements = "batches without duplicates, on either side",
        Relations = "guided without a guide puts hard negatives and in-batch pairs into one term",
        Reference = "Li et al. 2023 (GTE); Solatorio 2024",
        Needs = LossInputs.Queries | LossInputs.Documents | LossInputs.Negatives,
    };

    /// <summary>The loss, in nats.</summary>
    /// <param name="queries">(B, d).</param>
    /// <param name="documents">(B, d).</param>
    /// <param name="negatives">(B n, d); every one is a negative of every query.</param>
    /// <param name="options">The defaults where null.</param>
    public static Tensor Loss(Tensor queries, Tensor documents, Tensor negatives, ImprovedContrastiveOptions? options = null)
    {
        VectorScores.RequirePairs(queries, documents);
        var temperature = LossOptions.Valid(options).Temperature;
        using var scope = NewDisposeScope();
        var pairs = VectorScores.Pairs(queries, documents, Similarity.Cosine).unsqueeze(1); // (B, 1)
        var hard = cat([pairs, VectorScores.Matrix(queries, negatives, Similarity.Cosine)], 1) / temperature; // (B, 1 + B n)
        var inBatch = cat([pairs, Others(queries, documents), Others(documents, queries), Others(queries, queries), Others(documents, documents)], 1) / temperature; // (B, 1 + 4 (B - 1))
        var first = zeros(queries.size(0), dtype: ScalarType.Int64, device: queries.device);
        return (nn.functional.cross_entropy(hard, first) + nn.functional.cross_entropy(inBatch, first)).MoveToOuterDisposeScope();
    }

    /// <summary>Cosines without the diagonal: (B, d) and (B, d) -> (B, B - 1).</summary>
    private static Tensor Others(Tensor left, Tensor right)
    {
        var count = left.size(0);
        var off = eye(count, dtype: ScalarType.Bool, device: left.device).logical_not();
        return VectorScores.Matrix(left, right, Similarity.Cosine).masked_select(off).view(count, count - 1);
    }
}
