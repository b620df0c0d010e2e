using Cde.Workbench.Training.Losses;
using static TorchSharp.torch;

namespace Cde.Workbench.Training;

/// <summary>A loss over the vectors of a training batch: gives it what it reads of them, in float32.</summary>
internal sealed class BatchLoss
{
    /// <summary>Queries whose scores a term of a cached step holds.</summary>
    private const int TermRows = 256;

    private readonly LossChoice choice;
    private readonly LossDeclaration declaration;
    private LossOptions options;
    private readonly LossInputs wanted;
    private readonly Tensor? classVectors;
    private readonly IReadOnlyList<int>? classSizes;

    /// <param name="choice">The loss and its options.</param>
    /// <param name="classVectors">(K, d), learned; needed where the loss reads them.</param>
    /// <param name="classSizes">(K), texts of each class.</param>
    public BatchLoss(LossChoice choice, Tensor? classVectors = null, IReadOnlyList<int>? classSizes = null)
    {
        (this.choice, declaration, options, this.classVectors, this.classSizes) = (choice, choice.Declaration(), choice.Values(), classVectors, classSizes);
        wanted = Wanted(declaration, options);
    }

    /// <summary>Whether a loss reads a learned vector of every class.</summary>
    public static bool NeedsClasses(LossChoice choice) => new BatchLoss(choice).ReadsClasses;

    /// <summary>Whether a loss reads a vector of every token.</summary>
    public static bool OfTokens(LossChoice choice) => new BatchLoss(choice).ReadsTokens;

    /// <summary>Why a loss cannot be trained with here, and the way out; null where it can.</summary>
    public static string? Refusal(LossChoice choice)
    {
        return choice.Name == MaskedLanguageModel.Declaration.Name
            ? $"loss.name {choice.Name} is an objective of pre-training, not of vectors; choose another loss"
            : null;
    }

    /// <summary>Takes the options of the step after <paramref name="taken"/> steps.</summary>
    public void Begin(long taken) => options = choice.ValuesAt(taken);

    /// <summary>The loss in one graph; a scalar.</summary>
    public Tensor Compute(IReadOnlyList<Tensor> vectors, TrainingBatch batch, BatchLabels labels) => declaration.Compute(Of(vectors, batch, labels), options);

    /// <summary>The loss as terms for gradient caching, each multiplied by <paramref name="weight"/>.</summary>
    public IEnumerable<Tensor> Terms(IReadOnlyList<Tensor> vectors, TrainingBatch batch, BatchLabels labels, double weight)
    {
        foreach (var term in declaration.Terms(Of(vectors, batch, labels), options, TermRows))
            yield return term * weight;
    }

    /// <summary>Whether the loss reads a guide's vectors.</summary>
    public bool ReadsGuide => wanted.HasFlag(LossInputs.Guide);

    /// <summary>Whether the loss reads documents; where not, only the queries' side of a batch is encoded.</summary>
    public bool ReadsDocuments => wanted.HasFlag(LossInputs.Documents);

    /// <summary>Whether the loss reads a learned vector of every class.</summary>
    public bool ReadsClasses => wanted.HasFlag(LossInputs.ClassVectors);

    /// <summary>Whether the vectors of classes get their gradient.</summary>
    public bool MovesClasses { get; set; } = true;

    /// <summary>Whether the loss reads a vector of every token in place of one of every text.</summary>
    public bool ReadsTokens => wanted.HasFlag(LossInputs.DocumentMask);

    private static LossInputs Wanted(LossDeclaration declaration, LossOptions options)
    {
        if (options is not MatryoshkaOptions nested)
            return declaration.Needs | declaration.Takes;
        var inner = LossCatalog.Get(nested.Inner);
        return inner.Needs | inner.Takes;
    }

    /// <param name="vectors">Queries (B, d), documents (B, d) and, where there are hard negatives, those (B n, d); or token vectors (.., T, d).</param>
    /// <param name="batch">Their rows.</param>
    /// <param name="labels">What is known of them.</param>
    private LossBatch Of(IReadOnlyList<Tensor> vectors, TrainingBatch batch, BatchLabels labels)
    {
        Tensor[] groups = [.. vectors.Select(group => group.to_type(ScalarType.Float32))];
        if (ReadsTokens)
            groups = TokenVectors.SameLength(groups);
        var device = groups[0].device;
        var negatives = groups.Length > 2 ? groups[2] : null;
        var (rows, columns) = (batch.Queries.Length, batch.Documents.Length + batch.Negatives.Length);
        var loss = new LossBatch
        {
            Queries = groups[0],
            Documents = groups.Length > 1 ? groups[1] : null,
            Guide = labels.Guide,
            Seed = batch.Seed,
            Labels = labels.Classes is { } classes ? tensor(classes, device: device) : labels.Similarities is { } similarities ? tensor(similarities, device: device) : null,
            TeacherScores = Teacher(labels.TeacherScores, rows, device),
            ClassVectors = MovesClasses ? classVectors : classVectors?.detach(),
            ClassSizes = classSizes,
            DocumentMask = ReadsTokens ? TokenVectors.Mask(groups[1..]) : null,
        };
        if (wanted.HasFlag(LossInputs.Relevant))
        {
            // Several documents may answer a query, so the hard negatives stand among the candidates.
            bool[] onlyByGuide = [.. labels.Relevant.Select((relevant, place) => !relevant && labels.IsAnswer(place))];
            return loss with
            {
                Documents = negatives is null ? groups[1] : cat([groups[1], negatives], 0),
                Relevant = tensor(labels.Relevant, [rows, columns], device: device),
                Excluded = Matrix(onlyByGuide),
            };
        }

        var excluded = labels.Relevant.Select((_, place) => labels.IsAnswer(place)).ToArray();
        for (var i = 0; i < rows; i++)
            excluded[i * columns + i] = false;
        return loss with
        {
            Negatives = ComparesPairsAlone ? null : negatives,
            Excluded = Matrix(excluded),
        };

        Tensor? Matrix(bool[] marks) =>
            wanted.HasFlag(LossInputs.Excluded) && marks.AsSpan().Contains(true) ? tensor(marks, [rows, columns], device: device) : null;
    }

    /// <summary>Whether a teacher's scores are spread over the pairs of the batch, which leaves hard negatives out.</summary>
    private bool ComparesPairsAlone => (options is MatryoshkaOptions nested ? nested.InnerOptions : options) is KlDistillationOptions { Over: DistilledOver.Batch };

    /// <summary>(B, 1 + n), or (B) where pairs alone are compared.</summary>
    private Tensor? Teacher(float[]? scores, int rows, Device device)
    {
        if (scores is null || !wanted.HasFlag(LossInputs.TeacherScores))
            return null;
        var all = tensor(scores, [rows, scores.Length / rows], device: device);
        return ComparesPairsAlone ? all.select(1, 0) : all;
    }
}
