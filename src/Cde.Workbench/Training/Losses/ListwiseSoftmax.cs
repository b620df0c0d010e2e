using System.ComponentModel.DataAnnotations;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>What <see cref="ListwiseSoftmax"/> may do otherwise.</summary>
public sealed record ListwiseSoftmaxOptions : LossOptions
{
    /// <summary>What scores are divided by.</summary>
    /// <value>Default 1; from 1e-4 to 1000.</value>
    [Range(1e-4, 1000.0)]
    public double Temperature { get; init; } = 1;

    /// <inheritdoc/>
    internal override LossOptions WithTemperature(double value) => this with { Temperature = value };
}

/// <summary>List-wise: the right candidates of a query against its others, as rerankers are trained.</summary>
public static class ListwiseSoftmax
{
    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<ListwiseSoftmaxOptions>((batch, options) => Loss(batch.Scores!, batch.Labels, options))
    {
        Name = "listwise-softmax",
        Family = LossFamily.Scores,
        Summary = "mean_i sum_g y_ig [ logsumexp_h s_ih / t - s_ig / t ], y the grades of query i, made to add to 1; without grades the first candidate is right",
        Inputs = "scores (B, G) of a query's candidates, or of a language model's \"Yes\"; grades (B, G), at least 0",
        Requirements = "at least one grade above 0 a query",
        Relations = "binary-cross-entropy takes each candidate for itself; info-nce grouped is this on cosines",
        Reference = "Cao et al. 2007 (ListNet); Nogueira et al. 2020, Xiao et al. 2023 for rerankers",
        Needs = LossInputs.Scores,
        Takes = LossInputs.Labels,
    };

    /// <summary>The loss, in nats.</summary>
    /// <param name="scores">(B, G).</param>
    /// <param name="grades">(B, G); null where the first candidate is the right one.</param>
    /// <param name="options">The defaults where null.</param>
    public static Tensor Loss(Tensor scores, Tensor? grades = null, ListwiseSoftmaxOptions? options = null)
    {
        var temperature = LossOptions.Valid(options).Temperature;
        using var scope = NewDisposeScope();
        var scaled = scores / temperature;
        if (grades is null)
            return nn.functional.cross_entropy(scaled, zeros(scores.size(0), dtype: ScalarType.Int64, device: scores.device)).MoveToOuterDisposeScope();
        var targets = grades.to_type(scores.dtype);
        return nn.functional.cross_entropy(scaled, targets / targets.sum(1, keepdim: true)).MoveToOuterDisposeScope();
    }
}
