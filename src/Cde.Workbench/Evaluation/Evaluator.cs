using Cde.Workbench.Corpora;

namespace Cde.Workbench.Evaluation;

/// <summary>Scores a run against judgements, as trec_eval does or by the rules of another tool.</summary>
public static class Evaluator
{
    /// <summary>Scores every query that has both a list and judgements.</summary>
    /// <exception cref="CdeException">No query has both.</exception>
    public static EvaluationResult Evaluate(
        RankedRun run, Qrels qrels, IReadOnlyList<Measure>? measures = null, EvaluationOptions? options = null) =>
        Evaluate(run, qrels, measures, options is null ? EvaluationProfile.TrecEval : new EvaluationProfile("", options, options, null));

    /// <summary>Scores every query that has both a list and judgements by the rules of a profile.</summary>
    /// <exception cref="CdeException">No query has both.</exception>
    public static EvaluationResult Evaluate(RankedRun run, Qrels qrels, IReadOnlyList<Measure>? measures, EvaluationProfile profile)
    {
        var chosen = measures ?? Measure.Default;
        var judged = qrels.QueryIds.Where(query => !profile.Options.SkipQueriesWithoutRelevant || qrels[query].Values.Any(grade => grade > 0)).ToList();
        var queryIds = judged.Where(run.ContainsKey).ToList();
        if (queryIds.Count == 0)
            throw new CdeException($"none of the {run.Count} queries of run \"{run.Name}\" is among the {judged.Count} judged ones");
        var annotated = chosen.Any(measure => measure.Declaration is Measures.Hole)
            ? qrels.QueryIds.SelectMany(query => qrels[query].Keys).ToHashSet(StringComparer.Ordinal)
            : null;
        var values = new Dictionary<Measure, IReadOnlyList<double>>();
        foreach (var group in chosen.Distinct().GroupBy(profile.For))
        {
            var asked = group.ToList();
            var computed = asked.ConvertAll(_ => new double[queryIds.Count]);
            Parallel.For(0, queryIds.Count, index =>
            {
                var ranking = Judge(queryIds[index], run[queryIds[index]], qrels[queryIds[index]], group.Key, annotated);
                for (var measure = 0; measure < asked.Count; measure++)
                    computed[measure][index] = asked[measure].Compute(ranking);
            });
            for (var measure = 0; measure < asked.Count; measure++)
                values.Add(asked[measure], computed[measure]);
        }

        return new EvaluationResult(run.Name, queryIds, chosen, values, [.. judged.Where(query => !run.ContainsKey(query))], profile);
    }

    /// <summary>Puts a list in the order that measures see: by score descending, ties by id descending as bytes.</summary>
    public static IReadOnlyList<ScoredDocument> Rank(IEnumerable<ScoredDocument> documents, ScorePrecision precision = ScorePrecision.Single) =>
        Rank(documents as IReadOnlyList<ScoredDocument> ?? [.. documents], precision, TieRule.IdDescending);

    private static IReadOnlyList<ScoredDocument> Rank(IReadOnlyList<ScoredDocument> documents, ScorePrecision precision, TieRule ties)
    {
        double Score(ScoredDocument document) => precision == ScorePrecision.Single ? (float)document.Score : document.Score;
        bool IsBefore(ScoredDocument first, ScoredDocument second) => Score(first) > Score(second)
            || (Score(first) == Score(second) && (ties == TieRule.AsListed || IdByteOrder.Instance.Compare(first.DocumentId, second.DocumentId) > 0));

        // Most lists come in order already: to see that costs far less than to sort them.
        var sorted = 1;
        while (sorted < documents.Count && IsBefore(documents[sorted - 1], documents[sorted]))
            sorted++;
        if (sorted >= documents.Count)
            return documents;
        var order = precision == ScorePrecision.Single ? RankOrder.OfSingles(documents) : RankOrder.OfDoubles(documents);
        var byTie = Comparer<int>.Create((first, second) =>
            ties == TieRule.AsListed ? first.CompareTo(second) : IdByteOrder.Instance.Compare(documents[second].DocumentId, documents[first].DocumentId));
        for (int start = 0, end = 1; end <= order.Length; end++)
        {
            if (end < order.Length && Score(documents[order[end]]) == Score(documents[order[start]]))
                continue;
            RankOrder.Settle(order.AsSpan(start, end - start), byTie);
            start = end;
        }

        var ranked = new ScoredDocument[order.Length];
        for (var rank = 0; rank < ranked.Length; rank++)
            ranked[rank] = documents[order[rank]];
        return ranked;
    }

    private static JudgedRanking Judge(
        string query, IReadOnlyList<ScoredDocument> documents, IReadOnlyDictionary<string, int> grades, EvaluationOptions rules, HashSet<string>? annotated)
    {
        var counted = rules.RemoveSelf ? [.. documents.Where(document => document.DocumentId != query)] : documents;
        var ranked = Rank(counted, rules.ScorePrecision, rules.Ties);
        var gains = new int[ranked.Count];
        for (var rank = 0; rank < gains.Length; rank++)
            gains[rank] = grades.TryGetValue(ranked[rank].DocumentId, out var grade) ? Gain(grade) : 0;
        return new JudgedRanking(
            gains,
            [.. grades.Where(grade => grade.Value > 0).Select(grade => Gain(grade.Value)).OrderDescending()])
        {
            CapsAveragePrecision = rules.CapsAveragePrecision,
            IsJudgedAnywhere = annotated is null ? [] : [.. ranked.Select(document => annotated.Contains(document.DocumentId))],
        };

        int Gain(int grade) => rules.BinaryGrades ? Math.Min(1, Math.Max(0, grade)) : Math.Max(0, grade);
    }
}
