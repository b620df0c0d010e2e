namespace Cde.Workbench.Evaluation.Measures;

/// <summary>Reciprocal rank; its mean over queries is MRR (trec_eval recip_rank; MRR@k as BEIR and mteb cut it).</summary>
public sealed class ReciprocalRank : IMeasure
{
    /// <inheritdoc/>
    public string Name => "MRR";

    /// <inheritdoc/>
    public IReadOnlyList<string> OtherNames => ["RR", "recip_rank"];

    /// <inheritdoc/>
    public string Definition => "1 / rank of the first relevant document, 0 where none is found";

    /// <inheritdoc/>
    public bool IsBeirsOwn => true;

    /// <inheritdoc/>
    public double Compute(JudgedRanking ranking, int cutoff)
    {
        for (var rank = 1; rank <= Math.Min(cutoff, ranking.Grades.Count); rank++)
        {
            if (ranking.Grades[rank - 1] > 0)
                return 1.0 / rank;
        }

        return 0;
    }
}
