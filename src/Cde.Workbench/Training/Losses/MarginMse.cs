using System.ComponentModel.DataAnnotations;
using Cde.Workbench.Search;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>What <see cref="MarginMse"/> may do otherwise.</summary>
public sealed record MarginMseOptions : LossOptions
{
    /// <summary>How vectors are compared.</summary>
    /// <value>Default inner product.</value>
    public Similarity Similarity { get; init; } = Similarity.InnerProduct;

    /// <summary>What the student's margins are multiplied by, to meet the teacher's scale.</summary>
    /// <value>Default 1; from 1e-4 to 1e4.</value>
    [Range(1e-4, 1e4)]
    public double Scale { get; init; } = 1;
}

/// <summary>Margin MSE: the teacher's distance between document and negative.</summary>
public static class MarginMse
{
    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<MarginMseOptions>(
        (batch, options) => Loss(batch.Queries!, batch.Documents!, batch.Negatives!, batch.TeacherScores!, options))
    {
        Name = "margin-mse",
        Family = LossFamily.Distillation,
        Summary = "mean ((s(q_i, d_i) - s(q_i, n_ij)) scale - margin_ij)^2, margin the teacher's score of the document less that of the negative",
        Inputs = "queries (B, d); documents (B, d); negatives (B n, d); teacher scores (B, 1 + n), or margins (B, n)",
        Requirements = "a teacher, commonly a cross-encoder, that scored the document and every negative",
        Relations = "kl-distillation asks for the teacher's distribution over the candidates, not for its differences",
        Reference = "Hofstätter et al. 2020",
        Needs = LossInputs.Queries | LossInputs.Documents | LossInputs.Negatives | LossInputs.TeacherScores,
    };

    /// <summary>The loss, in squared teacher scores.</summary>
    /// <param name="queries">(B, d).</param>
    /// <param name="documents">(B, d).</param>
    /// <param name="negatives">(B n, d).</param>
    /// <param name="teacher">Scores (B, 1 + n), the document's first, or margins (B, n); of one negative also (B).</param>
    /// <param name="options">The defaults where null.</param>
    /// <exception cref="ArgumentException">The teacher's shape fits neither.</exception>
    public static Tensor Loss(Tensor queries, Tensor documents, Tensor negatives, Tensor teacher, MarginMseOptions? options = null)
    {
        VectorScores.RequirePairs(queries, documents);
        var valid = LossOptions.Valid(options);
        using var scope = NewDisposeScope();
        var margins = Margins(VectorScores.Own(queries, documents, negatives, valid.Similarity)); // (B, n)
        teacher = teacher.dim() == 1 ? teacher.unsqueeze(1) : teacher;
        var wanted = teacher.size(1) == margins.size(1) + 1 ? Margins(teacher) : teacher;
        if (!wanted.shape.SequenceEqual(margins.shape))
            throw new ArgumentException($"the teacher gives ({string.Join(", ", teacher.shape)}) for {margins.size(0)} queries with {margins.size(1)} negatives each");
        return nn.functional.mse_loss(margins * valid.Scale, wanted).MoveToOuterDisposeScope();
    }

    private static Tensor Margins(Tensor scores) => scores.narrow(1, 0, 1) - scores.narrow(1, 1, scores.size(1) - 1);
}
