namespace Cde.Workbench.Evaluation.Measures;

/// <summary>Normalised discounted cumulative gain, with the grade itself as gain (Järvelin and Kekäläinen 2002; trec_eval ndcg, ndcg_cut).</summary>
public sealed class Ndcg : IMeasure
{
    /// <inheritdoc/>
    public string Name => "nDCG";

    /// <inheritdoc/>
    public IReadOnlyList<string> OtherNames => ["ndcg_cut"];

    /// <inheritdoc/>
    public string Definition => "sum of grade / log2(rank + 1), divided by that sum over all relevant documents in the best order, cut off at the same rank";

    /// <inheritdoc/>
    public bool TakesRelevance => false;

    /// <inheritdoc/>
    public double Compute(JudgedRanking ranking, int cutoff)
    {
        var ideal = Gain(ranking.RelevantGrades, cutoff);
        return ideal > 0 ? Gain(ranking.Grades, cutoff) / ideal : 0;
    }

    private static double Gain(IReadOnlyList<int> grades, int cutoff)
    {
        var gain = 0.0;
        for (var rank = 1; rank <= Math.Min(cutoff, grades.Count); rank++)
        {
            if (grades[rank - 1] > 0)
                gain += grades[rank - 1] / Math.Log2(rank + 1);
        }

        return gain;
    }
}
