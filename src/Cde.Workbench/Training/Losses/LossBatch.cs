using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>
/// One batch as losses see it; each reads what its <see cref="LossDeclaration.Needs"/> and <see cref="LossDeclaration.Takes"/> name. The tensors stay the
/// caller's. Legend: B queries, n hard negatives a query, N candidates, G candidates of one query, T tokens, d width, K classes.
/// </summary>
public sealed record LossBatch
{
    /// <summary>(B, d), any length; or token vectors (B, T, d).</summary>
    public Tensor? Queries { get; init; }

    /// <summary>(B, d): row i belongs to query i. With <see cref="Relevant"/>, (N, d).</summary>
    public Tensor? Documents { get; init; }

    /// <summary>(B n, d): the n rows of query 0 first.</summary>
    public Tensor? Negatives { get; init; }

    /// <summary>(B) similarities or classes, (B, G) grades, (B, T) token ids with -100 where nothing is asked; as the loss says.</summary>
    public Tensor? Labels { get; init; }

    /// <summary>(B, N) booleans: true where candidate j answers query i.</summary>
    public Tensor? Relevant { get; init; }

    /// <summary>(B, N) booleans: true where candidate j must not count as a negative of query i. The own document never is.</summary>
    public Tensor? Excluded { get; init; }

    /// <summary>What a frozen model makes of the same texts.</summary>
    public GuideVectors? Guide { get; init; }

    /// <summary>(B, 1 + n): a teacher's scores of the own document and of the hard negatives.</summary>
    public Tensor? TeacherScores { get; init; }

    /// <summary>(K, d): a learned vector a class.</summary>
    public Tensor? ClassVectors { get; init; }

    /// <summary>(K): texts of each class in the training data, for losses whose margins depend on it.</summary>
    public IReadOnlyList<int>? ClassSizes { get; init; }

    /// <summary>(B + B n, T): 1 on real tokens of documents, then of negatives.</summary>
    public Tensor? DocumentMask { get; init; }

    /// <summary>(B), (B, G), (B, K) or (B, T, V): scores or logits of a model that gives no vectors.</summary>
    public Tensor? Scores { get; init; }

    /// <summary>As <see cref="Scores"/>, from a second pass with other dropout.</summary>
    public Tensor? SecondScores { get; init; }

    /// <summary>Of what a loss draws at random in this step.</summary>
    public long Seed { get; init; }

    /// <summary>What is present.</summary>
    public LossInputs Given =>
        Flag(Queries, LossInputs.Queries) | Flag(Documents, LossInputs.Documents) | Flag(Negatives, LossInputs.Negatives) | Flag(Labels, LossInputs.Labels)
        | Flag(Relevant, LossInputs.Relevant) | Flag(Excluded, LossInputs.Excluded) | Flag(Guide, LossInputs.Guide)
        | Flag(TeacherScores, LossInputs.TeacherScores) | Flag(ClassVectors, LossInputs.ClassVectors) | Flag(DocumentMask, LossInputs.DocumentMask)
        | Flag(Scores, LossInputs.Scores) | Flag(SecondScores, LossInputs.SecondScores);

    private static LossInputs Flag(object? value, LossInputs flag) => value is null ? LossInputs.None : flag;
}

/// <summary>Vectors of a frozen guide model, in the order of the batch; they get no gradient. The width may differ from the student's.</summary>
/// <param name="Queries">(B, g).</param>
/// <param name="Documents">(B, g).</param>
/// <param name="Negatives">(B n, g); null where the batch has none.</param>
public sealed record GuideVectors(Tensor Queries, Tensor Documents, Tensor? Negatives = null);
