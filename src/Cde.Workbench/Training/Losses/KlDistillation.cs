using System.ComponentModel.DataAnnotations;
using Cde.Workbench.Search;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>What <see cref="KlDistillation"/> spreads probability over.</summary>
public enum DistilledOver
{
    /// <summary>The candidates of each query.</summary>
    Candidates,

    /// <summary>The pairs of the batch (open-retrievals' PairKL).</summary>
    Batch,
}

/// <summary>What <see cref="KlDistillation"/> may do otherwise.</summary>
public sealed record KlDistillationOptions : LossOptions
{
    /// <summary>How vectors are compared.</summary>
    /// <value>Default inner product.</value>
    public Similarity Similarity { get; init; } = Similarity.InnerProduct;

    /// <summary>What both sides' scores are divided by; the loss is multiplied by its square, so that gradients keep their size.</summary>
    /// <value>Default 1; from 1e-4 to 1000.</value>
    [Range(1e-4, 1000.0)]
    public double Temperature { get; init; } = 1;

    /// <summary>What probability is spread over.</summary>
    /// <value>Default candidates.</value>
    public DistilledOver Over { get; init; } = DistilledOver.Candidates;

    /// <summary>Leaves out the teacher's entropy, a constant: FlagEmbedding's "kl_div" is this cross-entropy. The gradient is the same.</summary>
    /// <value>Default false.</value>
    public bool CrossEntropyOnly { get; init; }

    /// <inheritdoc/>
    internal override LossOptions WithTemperature(double value) => this with { Temperature = value };
}

/// <summary>The teacher's distribution over candidates as the student's target.</summary>
public static class KlDistillation
{
    /// <summary>The loss as the catalog lists it.</summary>
    public static LossDeclaration Declaration { get; } = new LossDeclaration<KlDistillationOptions>(
        (batch, options) => Loss(batch.Queries!, batch.Documents!, batch.Negatives, batch.TeacherScores!, options))
    {
        Name = "kl-distillation",
        Family = LossFamily.Distillation,
        Summary = "t^2 mean_i KL( softmax(teacher_i / t) || softmax(s(q_i, c_i.) / t) )",
        Inputs = "queries (B, d); documents (B, d); negatives (B n, d); teacher scores (B, 1 + n), or (B) over the batch",
        Requirements = "a teacher that scored every candidate of a query, on a scale on which a softmax means something",
        Relations = "margin-mse for differences of scores; m3-distillation over the whole batch",
        Reference = "Hinton, Vinyals and Dean 2015; Lin, Yang and Lin 2021 for retrieval",
        Needs = LossInputs.Queries | LossInputs.Documents | LossInputs.TeacherScores,
        Takes = LossInputs.Negatives,
    };

    /// <summary>The loss, in nats times the squared temperature.</summary>
    /// <param name="queries">(B, d).</param>
    /// <param name="documents">(B, d).</param>
    /// <param name="negatives">(B n, d); null over the batch.</param>
    /// <param name="teacher">(B, 1 + n) scores, the document's first; (B) over the batch.</param>
    /// <param name="options">The defaults where null.</param>
    public static Tensor Loss(Tensor queries, Tensor documents, Tensor? negatives, Tensor teacher, KlDistillationOptions? options = null)
    {
        VectorScores.RequirePairs(queries, documents);
        var valid = LossOptions.Valid(options);
        using var scope = NewDisposeScope();
        var student = valid.Over == DistilledOver.Batch
            ? VectorScores.Pairs(queries, documents, valid.Similarity)
            : VectorScores.Own(queries, documents, negatives, valid.Similarity);
        return OfScores(student, teacher, valid).MoveToOuterDisposeScope();
    }

    /// <summary>The loss of scores: student and teacher (B, G), or (B) over the batch, whose divergence is then divided by B.</summary>
    /// <exception cref="ArgumentException">Their shapes differ.</exception>
    public static Tensor OfScores(Tensor student, Tensor teacher, KlDistillationOptions? options = null)
    {
        var valid = LossOptions.Valid(options);
        if (!student.shape.SequenceEqual(teacher.shape))
            throw new ArgumentException($"the student scores ({string.Join(", ", student.shape)}), the teacher ({string.Join(", ", teacher.shape)}); they must score the same candidates");
        using var scope = NewDisposeScope();
        var target = (teacher / valid.Temperature).softmax(-1);
        var logs = (student / valid.Temperature).log_softmax(-1);
        var total = valid.CrossEntropyOnly ? -(target * logs).sum() : nn.functional.kl_div(logs, target, log_target: false, nn.Reduction.Sum);
        return (total * (valid.Temperature * valid.Temperature / student.size(0))).MoveToOuterDisposeScope();
    }
}
