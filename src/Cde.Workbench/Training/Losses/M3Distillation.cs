using System.ComponentModel.DataAnnotations;
using Cde.Workbench.Search;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>What <see cref="M3Distillation"/> may do otherwise.</summary>
public sealed record M3DistillationOptions : LossOptions
{
    /// <summary>What the student's cosines are divided by.</summary>
    /// <value>Default 0.02; from 1e-4 to 100.</value>
    [Range(1e-4, 100.0)]
    public double Temperature { get; init; } = 0.02;

    /// <inheritdoc/>
    internal override LossOptions WithTemperature(double value) => this with { Temperature = value };
}

/// <summary>BGE-M3's distillation: every candidate of a query as the answer once, weighted by the teacher, against the whole batch without the candidates before it.</summary>
public static class M3Distillation
{
    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<M3DistillationOptions>(
        (batch, options) => Loss(batch.Queries!, batch.Documents!, batch.Negatives!, batch.TeacherScores!, options))
    {
        Name = "m3-distillation",
        Family = LossFamily.Distillation,
        Summary = "sum over g of mean_i p_ig CE(all candidates of the batch but i's first g; target i's g-th), p = softmax(teacher)",
        Inputs = "queries (B, d); documents (B, d); negatives (B n, d); teacher scores (B, 1 + n)",
        Requirements = "candidates in the order of their worth: what stands earlier is left out of later denominators",
        Relations = "info-nce where the teacher is sure of the document; kl-distillation within the own candidates alone",
        Reference = "Chen et al. 2024 (BGE-M3); as FlagEmbedding",
        Needs = LossInputs.Queries | LossInputs.Documents | LossInputs.Negatives | LossInputs.TeacherScores,
    };

    /// <summary>The loss, in nats.</summary>
    /// <param name="queries">(B, d).</param>
    /// <param name="documents">(B, d).</param>
    /// <param name="negatives">(B n, d).</param>
    /// <param name="teacher">(B, 1 + n) scores.</param>
    /// <param name="options">The defaults where null.</param>
    public static Tensor Loss(Tensor queries, Tensor documents, Tensor negatives, Tensor teacher, M3DistillationOptions? options = null)
    {
        VectorScores.RequirePairs(queries, documents);
        var valid = LossOptions.Valid(options);
        using var scope = NewDisposeScope();
        var candidates = VectorScores.Groups(documents, negatives).flatten(0, 1); // (B G, d)
        return OfScores(VectorScores.Matrix(queries, candidates, Similarity.Cosine) / valid.Temperature, teacher).MoveToOuterDisposeScope();
    }

    /// <summary>The loss of scores.</summary>
    /// <param name="student">(B, B G): query i's own candidates in columns i G to i G + G - 1.</param>
    /// <param name="teacher">(B, G) scores.</param>
    /// <exception cref="ArgumentException">Shapes do not fit together.</exception>
    public static Tensor OfScores(Tensor student, Tensor teacher)
    {
        var (count, group) = (teacher.size(0), teacher.size(1));
        if (student.size(0) != count || student.size(1) != count * group)
            throw new ArgumentException($"the student must score ({count}, {count * group}) for a teacher of ({count}, {group}), found ({string.Join(", ", student.shape)})");
        using var scope = NewDisposeScope();
        var weights = teacher.softmax(-1);
        var first = arange(count, dtype: ScalarType.Int64, device: student.device) * group; // (B)
        var columns = arange(count * group, dtype: ScalarType.Int64, device: student.device);
        var loss = zeros(1, dtype: student.dtype, device: student.device).sum();
        for (var g = 0L; g < group; g++)
        {
            var before = columns.ge(first.unsqueeze(1)).logical_and(columns.lt((first + g).unsqueeze(1))); // (B, B G)
            var rows = nn.functional.cross_entropy(student.masked_fill(before, CandidateCrossEntropy.Masked), first + g, reduction: nn.Reduction.None);
            loss = loss + (weights.select(1, g) * rows).mean();
        }

        return loss.MoveToOuterDisposeScope();
    }
}
