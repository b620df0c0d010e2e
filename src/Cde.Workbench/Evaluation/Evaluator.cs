using Cde.Workbench.Corpora;

namespace Cde.Workbench.Evaluation;

/// <summary>Scores a run against judgements, as trec_eval does.</summary>
public static class Evaluator
{
    /// <summary>Scores every query that has both a list and judgements.</summary>
    /// <exception cref="CdeException">No query has both.</exception>
    public static EvaluationResult Evaluate(
        RankedRun run, Qrels qrels, IReadOnlyList<Measure>? measures = null, EvaluationOptions? options = null)
    {
        var (chosen, rules) = (measures ?? Measure.Default, options ?? new EvaluationOptions());
        var queryIds = qrels.QueryIds.Where(run.ContainsKey).ToList();
        if (queryIds.Count == 0)
            throw new CdeException($"none of the {run.Count} queries of run \"{run.Name}\" is among the {qrels.QueryIds.Count} judged ones");
        var rankings = queryIds.Select(query => Judge(query, run[query], qrels[query], rules)).ToList();
        var values = chosen.ToDictionary(measure => measure, measure => (IReadOnlyList<double>)[.. rankings.Select(measure.Compute)]);
        return new EvaluationResult(run.Name, queryIds, chosen, values, qrels.QueryIds.Count, rules);
    }

    /// <summary>Puts a list in the order that measures see: by score descending, ties by id descending as bytes.</summary>
    public static IReadOnlyList<ScoredDocument> Rank(IEnumerable<ScoredDocument> documents, ScorePrecision precision = ScorePrecision.Single) =>
        [.. documents
            .OrderByDescending(document => precision == ScorePrecision.Single ? (float)document.Score : document.Score)
            .ThenByDescending(document => document.DocumentId, IdByteOrder.Instance)];

    private static JudgedRanking Judge(
        string query, IReadOnlyList<ScoredDocument> documents, IReadOnlyDictionary<string, int> grades, EvaluationOptions rules)
    {
        var counted = rules.RemoveSelf ? documents.Where(document => document.DocumentId != query) : documents;
        return new JudgedRanking(
            [.. Rank(counted, rules.ScorePrecision).Select(document => Math.Max(0, grades.GetValueOrDefault(document.DocumentId)))],
            [.. grades.Where(grade => grade.Value > 0).Select(grade => grade.Value).OrderDescending()]);
    }
}
