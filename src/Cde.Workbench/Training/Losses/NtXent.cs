using System.ComponentModel.DataAnnotations;
using Cde.Workbench.Search;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>What <see cref="NtXent"/> may do otherwise.</summary>
public sealed record NtXentOptions : LossOptions
{
    /// <summary>What cosines are divided by.</summary>
    /// <value>Default 0.1; from 1e-4 to 100.</value>
    [Range(1e-4, 100.0)]
    public double Temperature { get; init; } = 0.1;

    /// <inheritdoc/>
    internal override LossOptions WithTemperature(double value) => this with { Temperature = value };
}

/// <summary>NT-Xent: two views of each text, every view against all 2B - 1 others.</summary>
public static class NtXent
{
    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<NtXentOptions>(
        (batch, options) => Loss(batch.Queries!, batch.Documents!, options))
    {
        Name = "nt-xent",
        Family = LossFamily.Contrastive,
        Summary = "mean over the 2B views of [ logsumexp_k cos(x, x_k) / t - cos(x, x') / t ], k over all views but x, x' the other view of the same text",
        Inputs = "first views (B, d); second views (B, d)",
        Requirements = "two views that are not the same vector, from dropout or augmentation",
        Relations = "symmetric info-nce with each side's own views as further negatives",
        Reference = "Chen et al. 2020 (SimCLR)",
        Needs = LossInputs.Queries | LossInputs.Documents,
    };

    /// <summary>The loss, in nats.</summary>
    /// <param name="first">(B, d).</param>
    /// <param name="second">(B, d).</param>
    /// <param name="options">The defaults where null.</param>
    public static Tensor Loss(Tensor first, Tensor second, NtXentOptions? options = null)
    {
        VectorScores.RequirePairs(first, second);
        var temperature = LossOptions.Valid(options).Temperature;
        using var scope = NewDisposeScope();
        var (count, views) = (first.size(0), cat([first, second], 0)); // (2B, d)
        var self = eye(2 * count, dtype: ScalarType.Bool, device: first.device);
        var scores = (VectorScores.Matrix(views, views, Similarity.Cosine) / temperature).masked_fill(self, CandidateCrossEntropy.Masked); // (2B, 2B)
        var other = arange(2 * count, dtype: ScalarType.Int64, device: first.device).roll(count);
        return nn.functional.cross_entropy(scores, other).MoveToOuterDisposeScope();
    }
}
