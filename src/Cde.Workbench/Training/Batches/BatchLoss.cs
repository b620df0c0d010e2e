using Cde.Workbench.Training.Losses;
using static TorchSharp.torch;

namespace Cde.Workbench.Training;

/// <summary>A loss over the vectors of a training batch: gives it what it reads of them, in float32.</summary>
internal sealed class BatchLoss
{
    /// <summary>What a batch of pairs can give.</summary>
    private const LossInputs Given = LossInputs.Queries | LossInputs.Documents | LossInputs.Negatives | LossInputs.Relevant | LossInputs.Excluded | LossInputs.Guide;

    /// <summary>Queries whose scores a term of a cached step holds.</summary>
    private const int TermRows = 256;

    private readonly LossDeclaration declaration;
    private readonly LossOptions options;
    private readonly LossInputs wanted;

    public BatchLoss(LossChoice choice)
    {
        (declaration, options) = (choice.Declaration(), choice.Values());
        wanted = Wanted(declaration, options);
    }

    /// <summary>What a loss needs that batches of pairs do not give, in words; null where it needs no such thing.</summary>
    public static string? Missing(LossChoice choice)
    {
        var (declaration, options) = (choice.Declaration(), choice.Values());
        var inner = options is MatryoshkaOptions nested ? LossCatalog.Get(nested.Inner) : declaration;
        var missing = (inner.Needs | declaration.Needs) & ~Given;
        return missing == LossInputs.None ? null : missing.ToString();
    }

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

    private static LossInputs Wanted(LossDeclaration declaration, LossOptions options)
    {
        var own = declaration.Needs | declaration.Takes;
        return options is MatryoshkaOptions nested ? own | LossCatalog.Get(nested.Inner) switch { var inner => inner.Needs | inner.Takes } : own;
    }

    /// <param name="vectors">Queries (B, d), documents (B, d) and, where there are hard negatives, those (B n, d).</param>
    /// <param name="batch">Their rows.</param>
    /// <param name="labels">What is known of them.</param>
    private LossBatch Of(IReadOnlyList<Tensor> vectors, TrainingBatch batch, BatchLabels labels)
    {
        Tensor[] groups = [.. vectors.Select(group => group.to_type(ScalarType.Float32))];
        var negatives = groups.Length > 2 ? groups[2] : null;
        var (rows, columns) = (batch.Queries.Length, batch.Documents.Length + batch.Negatives.Length);
        var loss = new LossBatch { Queries = groups[0], Documents = groups[1], Guide = labels.Guide, Seed = batch.Seed };
        if (wanted.HasFlag(LossInputs.Relevant))
        {
            // Several documents may answer a query, so the hard negatives stand among the candidates.
            bool[] onlyByGuide = [.. labels.Relevant.Select((relevant, place) => !relevant && labels.IsAnswer(place))];
            return loss with
            {
                Documents = negatives is null ? groups[1] : cat([groups[1], negatives], 0),
                Relevant = tensor(labels.Relevant, [rows, columns], device: groups[0].device),
                Excluded = Matrix(onlyByGuide),
            };
        }

        var excluded = labels.Relevant.Select((_, place) => labels.IsAnswer(place)).ToArray();
        for (var i = 0; i < rows; i++)
            excluded[i * columns + i] = false;
        return loss with
        {
            Negatives = negatives,
            Excluded = Matrix(excluded),
        };

        Tensor? Matrix(bool[] marks) =>
            wanted.HasFlag(LossInputs.Excluded) && marks.AsSpan().Contains(true) ? tensor(marks, [rows, columns], device: groups[0].device) : null;
    }
}
