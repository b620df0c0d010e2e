namespace Cde.Workbench.Training.Losses;

/// <summary>The losses by name.</summary>
public static class LossCatalog
{
    /// <summary>Every loss there is, by family.</summary>
    public static IReadOnlyList<LossDeclaration> All { get; } =
    [
        InfoNce.Declaration, CdeContrastive.Declaration, Guided.Declaration, SimCse.Declaration, NtXent.Declaration, MaxSim.Declaration, Circle.Declaration,
        InstructorContrastive.Declaration, ImprovedContrastive.Declaration, TripletContrastive.Declaration, HierarchicalContrastive.Declaration,
        OrthogonalContrastive.Declaration,
        Triplet.Declaration, MarginRanking.Declaration, Logistic.Declaration, Bpr.Declaration,
        CoSent.Declaration, Angle.Declaration, CosineMse.Declaration, Pearson.Declaration, Contrastive.Declaration, OnlineContrastive.Declaration,
        ArcFace.Declaration,
        MarginMse.Declaration, KlDistillation.Declaration, M3Distillation.Declaration, EmbeddingMse.Declaration,
        BinaryCrossEntropy.Declaration, ListwiseSoftmax.Declaration, Focal.Declaration, Dice.Declaration, RDrop.Declaration,
        MaskedLanguageModel.Declaration,
        Matryoshka.Declaration,
    ];

    /// <summary>The loss of a name.</summary>
    /// <exception cref="CdeException">There is none; the nearest names are offered.</exception>
    public static LossDeclaration Get(string name) => All.FirstOrDefault(loss => loss.Name == name)
        ?? throw new CdeException($"there is no loss \"{name}\"; {NearestNames.Suggest(name, All.Select(loss => loss.Name))}");
}
