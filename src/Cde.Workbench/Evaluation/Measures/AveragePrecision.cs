namespace Cde.Workbench.Evaluation.Measures;

/// <summary>Average precision; its mean over queries is MAP (trec_eval map, map_cut).</summary>
public sealed class AveragePrecision : IMeasure
{
    /// <inheritdoc/>
    public string Name => "MAP";

    /// <inheritdoc/>
    public IReadOnlyList<string> OtherNames => ["AP", "map_cut"];

    /// <inheritdoc/>
    public string Definition => "sum of the precision at the rank of each relevant document found, divided by the number of all relevant documents";

    /// <inheritdoc/>
    public double Compute(JudgedRanking ranking, int cutoff)
    {
        var (found, sum) = (0, 0.0);
        for (var rank = 1; rank <= Math.Min(cutoff, ranking.Grades.Count); rank++)
        {
            if (ranking.Grades[rank - 1] > 0)
                sum += (double)++found / rank;
        }

        return found > 0 ? sum / (ranking.CapsAveragePrecision ? Math.Min(cutoff, ranking.RelevantCount) : ranking.RelevantCount) : 0;
    }
}
