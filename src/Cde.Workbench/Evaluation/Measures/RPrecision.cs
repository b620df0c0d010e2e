namespace Cde.Workbench.Evaluation.Measures;

/// <summary>Precision at the number of relevant documents (trec_eval Rprec).</summary>
public sealed class RPrecision : IMeasure
{
    /// <inheritdoc/>
    public string Name => "Rprec";

    /// <inheritdoc/>
    public string Definition => "relevant documents among the first R, divided by R, the number of all relevant documents";

    /// <inheritdoc/>
    public bool TakesCutoff => false;

    /// <inheritdoc/>
    public double Compute(JudgedRanking ranking, int cutoff) =>
        ranking.RelevantCount > 0 ? (double)ranking.RelevantInTop(ranking.RelevantCount) / ranking.RelevantCount : 0;
}
