using System.ComponentModel.DataAnnotations;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>What <see cref="TripletContrastive"/> may do otherwise.</summary>
public sealed record TripletContrastiveOptions : LossOptions
{
    /// <summary>What cosines are divided by in the contrastive part.</summary>
    /// <value>Default 0.01; from 1e-4 to 100.</value>
    [Range(1e-4, 100.0)]
    public double Temperature { get; init; } = 0.01;

    /// <summary>Of the hinge, in cosine distance.</summary>
    /// <value>Default 0.2; from 0 to 2.</value>
    [Range(0.0, 2.0)]
    public double Margin { get; init; } = 0.2;

    /// <inheritdoc/>
    internal override LossOptions WithTemperature(double value) => this with { Temperature = value };
}

/// <summary>The sum of <see cref="InstructorContrastive"/> and a hinge on each query's own triplets.</summary>
public static class TripletContrastive
{
    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<TripletContrastiveOptions>(
        (batch, options) => Loss(batch.Queries!, batch.Documents!, batch.Negatives!, options))
    {
        Name = "triplet-contrastive",
        Family = LossFamily.Contrastive,
        Summary = "mean relu(cos(q, n) - cos(q, d) + margin) + instructor",
        Inputs = "queries (B, d); documents (B, d); hard negatives (B n, d)",
        Requirements = "as instructor",
        Relations = "instructor plus triplet with cosine distance",
        Reference = "Solatorio 2024 (GISTEmbed)",
        Needs = LossInputs.Queries | LossInputs.Documents | LossInputs.Negatives,
    };

    /// <summary>The loss: nats plus cosine distances.</summary>
    /// <param name="queries">(B, d).</param>
    /// <param name="documents">(B, d).</param>
    /// <param name="negatives">(B n, d).</param>
    /// <param name="options">The defaults where null.</param>
    public static Tensor Loss(Tensor queries, Tensor documents, Tensor negatives, TripletContrastiveOptions? options = null)
    {
        var valid = LossOptions.Valid(options);
        using var scope = NewDisposeScope();
        var hinge = Triplet.Loss(queries, documents, negatives, new() { Distance = VectorDistance.Cosine, Margin = valid.Margin });
        var contrast = InstructorContrastive.Loss(queries, documents, negatives, new() { Temperature = valid.Temperature });
        return (hinge + contrast).MoveToOuterDisposeScope();
    }
}
