using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>Squared difference from a teacher's vectors.</summary>
public static class EmbeddingMse
{
    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<NoLossOptions>((batch, _) => Loss(batch.Queries!, batch.Guide!.Queries))
    {
        Name = "embedding-mse",
        Family = LossFamily.Distillation,
        Summary = "mean (x - teacher x)^2 over texts and dimensions",
        Inputs = "texts (B, d); the guide's vectors of the same texts (B, d)",
        Requirements = "a teacher of the student's width",
        Relations = "kl-distillation and margin-mse leave the student its own space",
        Reference = "Reimers and Gurevych 2020 (multilingual distillation)",
        Needs = LossInputs.Queries | LossInputs.Guide,
    };

    /// <summary>The loss.</summary>
    /// <param name="vectors">(B, d).</param>
    /// <param name="teacher">(B, d).</param>
    /// <exception cref="ArgumentException">Their shapes differ.</exception>
    public static Tensor Loss(Tensor vectors, Tensor teacher)
    {
        VectorScores.RequirePairs(vectors, teacher);
        return nn.functional.mse_loss(vectors, teacher);
    }
}
