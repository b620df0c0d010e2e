using System.ComponentModel.DataAnnotations;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>What <see cref="SimCse"/> may do otherwise.</summary>
public sealed record SimCseOptions : LossOptions
{
    /// <summary>What cosines are divided by.</summary>
    /// <value>Default 0.05, the paper's; from 1e-4 to 100.</value>
    [Range(1e-4, 100.0)]
    public double Temperature { get; init; } = 0.05;

    /// <inheritdoc/>
    internal override LossOptions WithTemperature(double value) => this with { Temperature = value };
}

/// <summary>SimCSE: two encodings of one text with different dropout, or an entailed pair with its contradiction.</summary>
public static class SimCse
{
    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<SimCseOptions>(
        (batch, options) => Loss(batch.Queries!, batch.Documents!, batch.Negatives, options),
        (batch, options, start, count) => InfoNce.Block(batch.Queries!, batch.Documents!, batch.Negatives, null, Options(options), start, count))
    {
        Name = "simcse",
        Family = LossFamily.Contrastive,
        Summary = "mean_i [ logsumexp_j cos(a_i, b_j) / t - cos(a_i, b_i) / t ], b the second encodings, and the contradictions where there are any",
        Inputs = "first encodings (B, d); second encodings (B, d); contradictions (B n, d)",
        Requirements = "unsupervised: the same text twice through a model with dropout on; supervised: premise, entailed and contradicting hypothesis",
        Relations = "info-nce at temperature 0.05",
        Reference = "Gao, Yao and Chen 2021",
        Needs = LossInputs.Queries | LossInputs.Documents,
        Takes = LossInputs.Negatives,
    };

    /// <summary>The loss, in nats.</summary>
    /// <param name="first">(B, d).</param>
    /// <param name="second">(B, d), the same texts again, or what follows from them.</param>
    /// <param name="contradictions">(B n, d); null without labels.</param>
    /// <param name="options">The defaults where null.</param>
    public static Tensor Loss(Tensor first, Tensor second, Tensor? contradictions = null, SimCseOptions? options = null) =>
        InfoNce.Loss(first, second, contradictions, null, Options(LossOptions.Valid(options)));

    private static InfoNceOptions Options(SimCseOptions options) => new() { Temperature = options.Temperature };
}
