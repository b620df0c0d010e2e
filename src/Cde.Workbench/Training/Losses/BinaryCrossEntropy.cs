using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>Point-wise: each score for itself, right or wrong.</summary>
public static class BinaryCrossEntropy
{
    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<NoLossOptions>((batch, _) => Loss(batch.Scores!, batch.Labels!))
    {
        Name = "binary-cross-entropy",
        Family = LossFamily.Scores,
        Summary = "mean -(y log p + (1 - y) log(1 - p)), p = sigmoid(score)",
        Inputs = "scores, any shape; labels of that shape, 0 to 1",
        Requirements = "negatives that are known to be wrong",
        Relations = "listwise-softmax compares the candidates of a query; focal weighs down what is sure already",
        Reference = "Nogueira and Cho 2019 for rerankers",
        Needs = LossInputs.Scores | LossInputs.Labels,
    };

    /// <summary>The loss, in nats.</summary>
    /// <param name="scores">Logits, any shape.</param>
    /// <param name="labels">0 to 1, of that shape.</param>
    public static Tensor Loss(Tensor scores, Tensor labels)
    {
        using var scope = NewDisposeScope();
        return nn.functional.binary_cross_entropy_with_logits(scores, labels.to_type(scores.dtype)).MoveToOuterDisposeScope();
    }
}
