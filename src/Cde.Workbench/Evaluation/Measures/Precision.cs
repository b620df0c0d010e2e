namespace Cde.Workbench.Evaluation.Measures;

/// <summary>Precision (trec_eval P).</summary>
public sealed class Precision : IMeasure
{
    /// <inheritdoc/>
    public string Name => "P";

    /// <inheritdoc/>
    public IReadOnlyList<string> OtherNames => ["Precision"];

    /// <inheritdoc/>
    public string Definition => "relevant documents among the first k, divided by k even where fewer are found";

    /// <inheritdoc/>
    public bool NeedsCutoff => true;

    /// <inheritdoc/>
    public double Compute(JudgedRanking ranking, int cutoff) => (double)ranking.RelevantInTop(cutoff) / cutoff;
}
