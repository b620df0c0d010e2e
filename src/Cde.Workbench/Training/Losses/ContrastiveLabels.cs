using System.ComponentModel.DataAnnotations;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>How <see cref="ContrastiveLabels"/> finds documents that must not count as negatives.</summary>
public sealed record ContrastiveLabelOptions : LossOptions
{
    /// <summary>
    /// The guide's cosine from which a document counts as a false negative; 1 stands for the guide's cosine of the query with its own document, as in the
    /// paper; 0 for no filter.
    /// </summary>
    /// <value>Default 1; from 0 to 1.</value>
    [Range(0.0, 1.0)]
    public double Threshold { get; init; } = 1;

    /// <summary>Whether other queries' documents count as negatives; where not, only a query's own hard negatives do.</summary>
    /// <value>Default true.</value>
    public bool UsesInBatchNegatives { get; init; } = true;
}

/// <summary>
/// Which documents of a batch answer which query, and which count for nothing (cde's labels). Documents stand before hard negatives; document i is
/// query i's; query 0's hard negatives come first.
/// </summary>
public sealed class ContrastiveLabels : IDisposable
{
    private ContrastiveLabels(Tensor relevant, Tensor excluded) => (Relevant, Excluded) = (relevant, excluded);

    /// <summary>(B, N) booleans: true where the column is a document with the id of the row's own; all of them share the row's target evenly.</summary>
    public Tensor Relevant { get; }

    /// <summary>(B, N) booleans: true where the column counts for nothing. Never where <see cref="Relevant"/>.</summary>
    public Tensor Excluded { get; }

    /// <summary>
    /// The labels of a batch. A column is excluded where the guide scores it at or above the threshold; with in-batch negatives, hard negatives of the row's own
    /// document never are; without, everything but them is.
    /// </summary>
    /// <param name="documentIds">The id of each query's document; queries of one document have equal ids.</param>
    /// <param name="negativesPerQuery">n; 0 for no hard negatives.</param>
    /// <param name="guideQueries">(B, g) vectors of the guide model; null for no filter.</param>
    /// <param name="guideDocuments">(B + B n, g) vectors of the guide model; null for no filter.</param>
    /// <param name="options">The defaults where null.</param>
    /// <exception cref="ArgumentException">Shapes do not fit together.</exception>
    public static ContrastiveLabels Of(
        ReadOnlySpan<long> documentIds, int negativesPerQuery, Tensor? guideQueries = null, Tensor? guideDocuments = null, ContrastiveLabelOptions? options = null)
    {
        var valid = LossOptions.Valid(options);
        ArgumentOutOfRangeException.ThrowIfNegative(negativesPerQuery);
        var (count, columns) = (documentIds.Length, documentIds.Length * (1 + negativesPerQuery));
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var device = guideQueries?.device ?? CPU;
        var ids = tensor(documentIds.ToArray(), [count], device: device);
        var same = ids.unsqueeze(1).eq(ids.unsqueeze(0)); // (B, B)
        var relevant = cat([same, zeros([count, columns - count], dtype: ScalarType.Bool, device: device)], 1); // (B, N)
        var ownNegatives = zeros_like(relevant);
        if (negativesPerQuery > 0)
            ownNegatives = cat([zeros_like(same), same.repeat_interleave(negativesPerQuery, 1)], 1);

        var excluded = zeros_like(relevant);
        if (guideQueries is not null && guideDocuments is not null && valid.Threshold > 0)
        {
            if (guideQueries.size(0) != count || guideDocuments.size(0) != columns)
                throw new ArgumentException($"the guide's vectors must be of {count} queries and {columns} documents, found {guideQueries.size(0)} and {guideDocuments.size(0)}");
            var scores = VectorScores.Matrix(guideQueries, guideDocuments, Search.Similarity.Cosine);
            excluded = valid.Threshold == 1 ? scores.ge(scores.diagonal().unsqueeze(1)) : scores.ge(valid.Threshold);
        }

        excluded = valid.UsesInBatchNegatives
            ? excluded.logical_and(ownNegatives.logical_not())
            : excluded.logical_or(ownNegatives.logical_not());
        excluded = excluded.logical_and(relevant.logical_not());
        return new ContrastiveLabels(relevant.MoveToOuterDisposeScope(), excluded.MoveToOuterDisposeScope());
    }

    /// <summary>Frees both matrices.</summary>
    public void Dispose()
    {
        Relevant.Dispose();
        Excluded.Dispose();
    }
}
