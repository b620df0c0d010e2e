namespace Cde.Workbench.Evaluation.Measures;

/// <summary>Capped recall (BEIR, mteb: R_cap): what part of the best that k documents allow was found.</summary>
public sealed class CappedRecall : IMeasure
{
    /// <inheritdoc/>
    public string Name => "R_cap";

    /// <inheritdoc/>
    public IReadOnlyList<string> OtherNames => ["recall_cap", "capped_recall"];

    /// <inheritdoc/>
    public string Definition => "relevant documents among the first k, divided by k or the number of all relevant documents, whichever is less";

    /// <inheritdoc/>
    public bool NeedsCutoff => true;

    /// <inheritdoc/>
    public bool IsBeirsOwn => true;

    /// <inheritdoc/>
    public double Compute(JudgedRanking ranking, int cutoff) =>
        ranking.RelevantCount > 0 ? (double)ranking.RelevantInTop(cutoff) / Math.Min(cutoff, ranking.RelevantCount) : 0;
}
