using Cde.Workbench.Corpora;
using Cde.Workbench.Search;

namespace Cde.Workbench.Evaluation;

/// <summary>
/// BM25 tuned on the queries of a task without scoring it on what it was tuned on: the queries are parted into folds, each is searched with the k1 and b that are best for the
/// other folds, and all are scored together.
/// </summary>
public static class Bm25CrossValidation
{
    /// <summary>Tunes and searches.</summary>
    /// <param name="task">The task; queries without a judgement are left out.</param>
    /// <param name="measure">What is best.</param>
    /// <param name="folds">Parts of the queries, at least 2.</param>
    /// <param name="depth">Documents of the runs.</param>
    /// <param name="seed">Of the parting.</param>
    /// <param name="progress">Told of each tuning.</param>
    /// <param name="cancellationToken">Stops between queries.</param>
    /// <exception cref="CdeException">There are fewer judged queries than folds.</exception>
    public static Bm25CrossValidationResult Run(
        RetrievalTask task, Measure measure, int folds = 2, int depth = 100, long seed = 1, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        Query[] judged = [.. task.Queries.Where(query => task.Qrels.TryGet(query.Id, out var grades) && grades.Values.Any(grade => grade > 0))];
        if (judged.Length < folds)
            throw new CdeException($"{task.Name}: {judged.Length} queries have a relevant document, and there are {folds} folds; ask for fewer folds");
        int[] order = [.. Enumerable.Range(0, judged.Length)];
        SeededRandom.For(seed, 11).Shuffle<int>(order);
        var foldOf = new int[judged.Length];
        for (var place = 0; place < order.Length; place++)
            foldOf[order[place]] = place % folds;
        var whole = Tune(judged);
        var (run, plain, found) = (new RankedRun("bm25-tuned"), new RankedRun("bm25"), new List<Bm25Options>());
        var lists = new Dictionary<string, IReadOnlyList<ScoredDocument>>(StringComparer.Ordinal);
        for (var fold = 0; fold < folds; fold++)
        {
            var best = Tune([.. judged.Where((_, place) => foldOf[place] != fold)]).Options;
            found.Add(best);
            foreach (var (query, list) in new Bm25(task.Corpus, best, null, cancellationToken).Search([.. judged.Where((_, place) => foldOf[place] == fold)], depth, cancellationToken))
                lists.Add(query, list);
        }

        foreach (var query in judged)
            run.Add(query.Id, lists[query.Id]);
        foreach (var (query, list) in new Bm25(task.Corpus, null, null, cancellationToken).Search(judged, depth, cancellationToken))
            plain.Add(query, list);
        return new Bm25CrossValidationResult(Evaluator.Evaluate(plain, task.Qrels, [measure]), Evaluator.Evaluate(run, task.Qrels, [measure]), found, whole)
        {
            FoldOfQuery = judged.Zip(foldOf).ToDictionary(pair => pair.First.Id, pair => pair.Second, StringComparer.Ordinal),
        };

        Bm25Tuning Tune(IReadOnlyList<Query> queries) => Bm25Tuner.Tune(
            [task with { Queries = queries }], (ranked, qrels) => Evaluator.Evaluate(ranked, qrels, [measure])[measure], depth, progress: progress, cancellationToken: cancellationToken);
    }
}

/// <summary>What <see cref="Bm25CrossValidation"/> found.</summary>
/// <param name="Plain">Scores with the default k1 and b, on the same queries.</param>
/// <param name="Tuned">Scores of every query with what was tuned on others.</param>
/// <param name="Folds">What was best for the queries outside each fold.</param>
/// <param name="Whole">The grid over all queries: what to take from now on. Its own score is that of the queries it was chosen by, and too good.</param>
public sealed record Bm25CrossValidationResult(EvaluationResult Plain, EvaluationResult Tuned, IReadOnlyList<Bm25Options> Folds, Bm25Tuning Whole)
{
    /// <summary>The fold of each query, by its id, from 0.</summary>
    public required IReadOnlyDictionary<string, int> FoldOfQuery { get; init; }
}
