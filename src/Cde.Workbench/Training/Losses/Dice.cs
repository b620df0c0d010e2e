using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>One minus the soft F1 of probabilities and labels.</summary>
public static class Dice
{
    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<NoLossOptions>((batch, _) => Loss(batch.Scores!, batch.Labels!))
    {
        Name = "dice",
        Family = LossFamily.Scores,
        Summary = "1 - 2 sum p y / (sum p + sum y), p = sigmoid(score)",
        Inputs = "scores, any shape; labels of that shape, 0 or 1",
        Requirements = "at least one label of 1 in a batch",
        Relations = "binary-cross-entropy without the weight of the many 0 labels",
        Reference = "Milletari, Navab and Ahmadi 2016; Li et al. 2020 for text",
        Needs = LossInputs.Scores | LossInputs.Labels,
    };

    /// <summary>The loss, 0 to 1.</summary>
    /// <param name="scores">Logits, any shape.</param>
    /// <param name="labels">0 or 1, of that shape.</param>
    public static Tensor Loss(Tensor scores, Tensor labels)
    {
        using var scope = NewDisposeScope();
        var (p, y) = (scores.sigmoid(), labels.to_type(scores.dtype));
        return (1 - (p * y).sum() * 2 / (p.sum() + y.sum())).MoveToOuterDisposeScope();
    }
}
