namespace Cde.Workbench.Evaluation.Measures;

/// <summary>Hole (BEIR, mteb): how much of what was found nobody judged, for this query or any other. The larger it is, the less the other measures say.</summary>
public sealed class Hole : IMeasure
{
    /// <inheritdoc/>
    public string Name => "Hole";

    /// <inheritdoc/>
    public string Definition => "documents among the first k that have no judgement for any query, divided by k even where fewer are found";

    /// <inheritdoc/>
    public bool NeedsCutoff => true;

    /// <inheritdoc/>
    public bool TakesRelevance => false;

    /// <inheritdoc/>
    public bool IsBeirsOwn => true;

    /// <inheritdoc/>
    public double Compute(JudgedRanking ranking, int cutoff)
    {
        var holes = 0;
        for (var rank = 0; rank < Math.Min(cutoff, ranking.IsJudgedAnywhere.Count); rank++)
            holes += ranking.IsJudgedAnywhere[rank] ? 0 : 1;
        return (double)holes / cutoff;
    }
}
