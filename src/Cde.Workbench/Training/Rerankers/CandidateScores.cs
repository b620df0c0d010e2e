using static TorchSharp.torch;

namespace Cde.Workbench.Training.Rerankers;

/// <summary>What the scores of a batch are like, beside its loss.</summary>
/// <param name="Accuracy">Share of the queries whose own document has a higher score than every hard negative; null for scored pairs.</param>
/// <param name="Correlation">Spearman's correlation of the scores of scored pairs with those of the data; null for other data.</param>
internal sealed record CandidateScores(double? Accuracy, double? Correlation)
{
    /// <summary>Measures a batch.</summary>
    /// <param name="scores">(B, G), the right candidate first.</param>
    /// <param name="similarities">(B) for scored pairs, else null.</param>
    public static CandidateScores Of(Tensor scores, float[]? similarities)
    {
        var all = scores.detach().cpu().data<float>().ToArray();
        if (similarities is not null)
            return new CandidateScores(null, RankCorrelation.Of(Array.ConvertAll(all, value => (double)value), Array.ConvertAll(similarities, value => (double)value)));
        var (queries, perQuery) = ((int)scores.size(0), (int)scores.size(1));
        var right = Enumerable.Range(0, queries).Count(i => all.AsSpan(i * perQuery + 1, perQuery - 1).IndexOfAnyInRange(all[i * perQuery], float.PositiveInfinity) < 0);
        return new CandidateScores(right / (double)queries, null);
    }
}
