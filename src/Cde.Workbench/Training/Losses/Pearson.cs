using Cde.Workbench.Search;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>One minus Pearson's correlation of cosines and labels over the batch.</summary>
public static class Pearson
{
    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<NoLossOptions>(
        (batch, _) => Loss(batch.Queries!, batch.Documents!, batch.Labels!))
    {
        Name = "pearson",
        Family = LossFamily.ScoredPairs,
        Summary = "1 - r(cos(a, b), labels) over the batch",
        Inputs = "first texts (B, d); second texts (B, d); labels (B), any scale",
        Requirements = "at least two different labels and two different cosines in a batch",
        Relations = "the measure that STS tasks report, as a loss; cosine-mse without scale and offset",
        Reference = "Pearson 1895; as open-retrievals",
        Needs = LossInputs.Queries | LossInputs.Documents | LossInputs.Labels,
    };

    /// <summary>The loss, 0 to 2.</summary>
    /// <param name="first">(B, d).</param>
    /// <param name="second">(B, d).</param>
    /// <param name="labels">(B).</param>
    public static Tensor Loss(Tensor first, Tensor second, Tensor labels)
    {
        VectorScores.RequirePairs(first, second);
        using var scope = NewDisposeScope();
        return OfScores(VectorScores.Pairs(first, second, Similarity.Cosine), labels).MoveToOuterDisposeScope();
    }

    /// <summary>The loss of scores (B) and labels (B).</summary>
    public static Tensor OfScores(Tensor scores, Tensor labels)
    {
        using var scope = NewDisposeScope();
        var (x, y) = (scores - scores.mean(), labels - labels.mean());
        return (1 - (x * y).sum() / (x.square().sum() * y.square().sum()).sqrt()).MoveToOuterDisposeScope();
    }
}
