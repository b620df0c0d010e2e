using System.ComponentModel.DataAnnotations;
using Cde.Workbench.Search;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>What <see cref="Circle"/> may do otherwise.</summary>
public sealed record CircleOptions : LossOptions
{
    /// <summary>What cosines are divided by.</summary>
    /// <value>Default 0.05; from 1e-4 to 100.</value>
    [Range(1e-4, 100.0)]
    public double Temperature { get; init; } = 0.05;

    /// <inheritdoc/>
    internal override LossOptions WithTemperature(double value) => this with { Temperature = value };
}

/// <summary>The circle loss with unit weights, also known as multi-label cross-entropy: every right score above 0, every wrong one below.</summary>
public static class Circle
{
    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<CircleOptions>((batch, options) =>
    {
        using var scope = NewDisposeScope();
        var scores = VectorScores.Matrix(batch.Queries!, batch.Documents!, Similarity.Cosine) / options.Temperature;
        return OfScores(scores, batch.Relevant!).MoveToOuterDisposeScope();
    })
    {
        Name = "circle",
        Family = LossFamily.Contrastive,
        Summary = "mean_i [ log(1 + sum of exp(s_ij) over wrong j) + log(1 + sum of exp(-s_ij) over right j) ], s the cosine over t",
        Inputs = "queries (B, d); documents (N, d); relevant (B, N)",
        Requirements = "any number of right documents a query, none included",
        Relations = "cde-contrastive shares one target among the right documents; here each has its own, and 0 parts right from wrong",
        Reference = "Sun et al. 2020 (circle loss); Su 2020 (as multi-label cross-entropy)",
        Needs = LossInputs.Queries | LossInputs.Documents | LossInputs.Relevant,
    };

    /// <summary>The loss of scores, in nats.</summary>
    /// <param name="scores">(B, N).</param>
    /// <param name="relevant">(B, N), booleans or 1 and 0: which scores are right.</param>
    public static Tensor OfScores(Tensor scores, Tensor relevant)
    {
        using var scope = NewDisposeScope();
        var right = relevant.ne(0);
        var zero = zeros([scores.size(0), 1], dtype: scores.dtype, device: scores.device);
        var wrongs = cat([scores.masked_fill(right, -1e12), zero], 1).logsumexp(1); // (B)
        var rights = cat([(-scores).masked_fill(right.logical_not(), -1e12), zero], 1).logsumexp(1);
        return (wrongs + rights).mean().MoveToOuterDisposeScope();
    }
}
