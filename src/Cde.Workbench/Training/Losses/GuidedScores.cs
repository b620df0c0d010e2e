using Cde.Workbench.Search;
using static TorchSharp.torch;

namespace Cde.Workbench.Training.Losses;

/// <summary>
/// The blocks of <see cref="Guided"/> for some queries: cosines of A queries with all documents, hard negatives and queries, and of their documents with all
/// documents. Each is (A, B), the hard negatives' (A, B n); null where it is not asked for.
/// </summary>
internal sealed record GuidedScores(Tensor Documents, Tensor? Negatives, Tensor? Queries, Tensor? AmongDocuments)
{
    /// <summary>All blocks side by side: (A, columns), the documents first, so that query i's own is column i.</summary>
    public Tensor All => cat([.. new[] { Documents, Negatives, Queries, AmongDocuments }.OfType<Tensor>()], 1);

    /// <summary>The student's similarities of the queries from <paramref name="start"/> on.</summary>
    public static GuidedScores Of(Tensor queries, Tensor documents, Tensor? negatives, GuidedOptions options, long start, long count)
    {
        var (own, ownDocuments) = (queries.narrow(0, start, count), documents.narrow(0, start, count));
        return new GuidedScores(
            Cosines(own, documents),
            negatives is null ? null : Cosines(own, negatives),
            options.ContrastsQueries ? Cosines(own, queries) : null,
            options.ContrastsDocuments ? Cosines(ownDocuments, documents) : null);
    }

    /// <summary>The guide's similarities in the same blocks, without gradient.</summary>
    /// <exception cref="ArgumentException">There are hard negatives, but the guide has no vectors of them.</exception>
    public static GuidedScores OfGuide(GuideVectors guide, bool hasNegatives, GuidedOptions options, long start, long count)
    {
        if (hasNegatives && guide.Negatives is null)
            throw new ArgumentException("the guide has no vectors of the hard negatives; encode them with it too");
        using var mode = no_grad();
        return Of(guide.Queries, guide.Documents, hasNegatives ? guide.Negatives : null, options, start, count);
    }

    /// <summary>
    /// Which candidates do not count, (A, columns): a text with itself; what the guide scores above its threshold; with hard negatives only, what the student
    /// scores below the own pair. The own pair always counts.
    /// </summary>
    public static Tensor Masked(GuidedScores student, GuidedScores? guide, GuidedOptions options, long start)
    {
        using var mode = no_grad();
        var (own, blank) = (Diagonal(student.Documents, start), zeros_like(student.Documents, dtype: ScalarType.Bool));
        var masked = cat(
            [.. new[] { blank, student.Negatives is null ? null : zeros_like(student.Negatives, dtype: ScalarType.Bool), student.Queries is null ? null : own, student.AmongDocuments is null ? null : own }.OfType<Tensor>()],
            1);
        if (guide is not null)
        {
            var pair = OwnPairs(guide.Documents, start); // (A, 1), from the same matrix, so that rounding cannot mask the own pair
            masked = masked.logical_or(guide.All.gt(options.MarginStrategy == GuideMargin.Absolute ? pair - options.Margin : pair * (1 - options.Margin)));
        }

        if (options.HardNegativesOnly)
            masked = masked.logical_or(student.All.lt(OwnPairs(student.Documents, start)));
        var pairs = masked.size(1) == own.size(1) ? own : cat([own, zeros([own.size(0), masked.size(1) - own.size(1)], dtype: ScalarType.Bool, device: own.device)], 1);
        return masked.logical_and(pairs.logical_not());
    }

    /// <summary>(A, B): true at row i, column start + i.</summary>
    internal static Tensor Diagonal(Tensor block, long start) =>
        arange(block.size(1), dtype: ScalarType.Int64, device: block.device).eq(arange(start, start + block.size(0), dtype: ScalarType.Int64, device: block.device).unsqueeze(1));

    /// <summary>(A, 1): the similarities of the own pairs.</summary>
    internal static Tensor OwnPairs(Tensor block, long start) =>
        block.gather(1, arange(start, start + block.size(0), dtype: ScalarType.Int64, device: block.device).unsqueeze(1));

    private static Tensor Cosines(Tensor left, Tensor right) => VectorScores.Matrix(left, right, Similarity.Cosine);
}
