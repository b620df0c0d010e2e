using Cde.Workbench.Corpora;
using Cde.Workbench.Evaluation;

namespace Cde.Kernels.Commands;

/// <summary>A system's scores on one task, and where it was searched for them, the run and the judgements.</summary>
/// <param name="Scores">Item by item.</param>
/// <param name="Run">What was scored; null where scores were read from a file.</param>
/// <param name="Qrels">What it was scored by.</param>
internal sealed record ScoredSystem(SystemScores Scores, RankedRun? Run, Qrels? Qrels)
{
    /// <summary>A run scored on a task.</summary>
    public static ScoredSystem Of(string name, RankedRun run, RetrievalTask task, Measure measure, EvaluationProfile profile) =>
        new(SystemScores.Of(Evaluator.Evaluate(run, task.Qrels, [measure], profile), task) with { System = name }, run, task.Qrels);

    /// <summary>The rank of the first relevant document of a query; null where none was found or nothing is known.</summary>
    public int? FirstRelevant(string query)
    {
        if (Run is null || Qrels is null || !Run.TryGetValue(query, out var found))
            return null;
        var (grades, ranked) = (Qrels[query], Evaluator.Rank(found));
        for (var rank = 1; rank <= ranked.Count; rank++)
        {
            if (grades.GetValueOrDefault(ranked[rank - 1].DocumentId) > 0)
                return rank;
        }

        return null;
    }
}
