namespace Cde.Workbench.Training.Losses;

/// <summary>The losses by name.</summary>
public static class LossCatalog
{
    private static readonly Catalog<LossDeclaration> Losses = new(
        "loss",
        loss => [loss.Name],
        InfoNce.Declaration, CdeContrastive.Declaration, Guided.Declaration, SimCse.Declaration, NtXent.Declaration, MaxSim.Declaration, Circle.Declaration,
        InstructorContrastive.Declaration, ImprovedContrastive.Declaration, TripletContrastive.Declaration, HierarchicalContrastive.Declaration,
        OrthogonalContrastive.Declaration,
        Triplet.Declaration, MarginRanking.Declaration, Logistic.Declaration, Bpr.Declaration,
        CoSent.Declaration, Angle.Declaration, CosineMse.Declaration, Pearson.Declaration, Contrastive.Declaration, OnlineContrastive.Declaration,
        ArcFace.Declaration,
        MarginMse.Declaration, KlDistillation.Declaration, M3Distillation.Declaration, EmbeddingMse.Declaration,
        BinaryCrossEntropy.Declaration, ListwiseSoftmax.Declaration, Focal.Declaration, Dice.Declaration, RDrop.Declaration,
        MaskedLanguageModel.Declaration,
        Matryoshka.Declaration);

    /// <summary>Every loss there is: the program's by family, then those that were added.</summary>
    public static IReadOnlyList<LossDeclaration> All => Losses.All;

    /// <summary>Adds a loss for as long as the process lives: configurations and <c>train --loss</c> then take its name. One added before under the same name is replaced.</summary>
    /// <exception cref="CdeException">The program itself has a loss of that name.</exception>
    public static void Add(LossDeclaration loss) => Losses.Add(loss);

    /// <summary>The loss of a name.</summary>
    /// <exception cref="CdeException">There is none; the nearest names are offered.</exception>
    public static LossDeclaration Get(string name) => All.FirstOrDefault(loss => loss.Name == name)
        ?? throw new CdeException($"there is no loss \"{name}\"; {NearestNames.Suggest(name, All.Select(loss => loss.Name))}");
}
