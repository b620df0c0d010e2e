namespace Cde.Workbench.Evaluation.Measures;

/// <summary>Recall (trec_eval recall, set_recall).</summary>
public sealed class Recall : IMeasure
{
    /// <inheritdoc/>
    public string Name => "Recall";

    /// <inheritdoc/>
    public IReadOnlyList<string> OtherNames => ["R"];

    /// <inheritdoc/>
    public string Definition => "relevant documents found, divided by all relevant documents";

    /// <inheritdoc/>
    public double Compute(JudgedRanking ranking, int cutoff) =>
        ranking.RelevantCount > 0 ? (double)ranking.RelevantInTop(cutoff) / ranking.RelevantCount : 0;
}
