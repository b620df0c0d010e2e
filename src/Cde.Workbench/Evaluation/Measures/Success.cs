namespace Cde.Workbench.Evaluation.Measures;

/// <summary>Success, also called hit rate or accuracy at k (trec_eval success).</summary>
public sealed class Success : IMeasure
{
    /// <inheritdoc/>
    public string Name => "Success";

    /// <inheritdoc/>
    public IReadOnlyList<string> OtherNames => ["Hit", "Accuracy"];

    /// <inheritdoc/>
    public string Definition => "1 where a relevant document is among the first k, else 0";

    /// <inheritdoc/>
    public bool NeedsCutoff => true;

    /// <inheritdoc/>
    public bool IsBeirsOwn => true;

    /// <inheritdoc/>
    public double Compute(JudgedRanking ranking, int cutoff) => ranking.RelevantInTop(cutoff) > 0 ? 1 : 0;
}
