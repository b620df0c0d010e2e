using Cde.Workbench.Search;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>Squared difference of cosine and label.</summary>
public static class CosineMse
{
    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<NoLossOptions>(
        (batch, _) => Loss(batch.Queries!, batch.Documents!, batch.Labels!))
    {
        Name = "cosine-mse",
        Family = LossFamily.ScoredPairs,
        Summary = "mean (cos(a_i, b_i) - label_i)^2",
        Inputs = "first texts (B, d); second texts (B, d); labels (B), from -1 to 1",
        Requirements = "labels on the scale of cosines",
        Relations = "cosent and pearson ask for the labels' order or proportions only, and mostly train better",
        Reference = "Reimers and Gurevych 2019 (Sentence-BERT)",
        Needs = LossInputs.Queries | LossInputs.Documents | LossInputs.Labels,
        SimilarityBounds = (-1, 1),
    };

    /// <summary>The loss.</summary>
    /// <param name="first">(B, d).</param>
    /// <param name="second">(B, d).</param>
    /// <param name="labels">(B).</param>
    public static Tensor Loss(Tensor first, Tensor second, Tensor labels)
    {
        VectorScores.RequirePairs(first, second);
        using var scope = NewDisposeScope();
        return nn.functional.mse_loss(VectorScores.Pairs(first, second, Similarity.Cosine), labels).MoveToOuterDisposeScope();
    }
}
