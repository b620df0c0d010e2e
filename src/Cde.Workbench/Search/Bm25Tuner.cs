using Cde.Workbench.Corpora;

namespace Cde.Workbench.Search;

/// <summary>
/// Finds k1 and b on training tasks: every pair of a grid, scored by the mean over tasks of a measure. The index is built once a task.
/// </summary>
public static class Bm25Tuner
{
    /// <summary>The k1 that are tried. On short technical documents the best lies far above the usual 0.9 to 2.</summary>
    public static IReadOnlyList<double> DefaultK1 { get; } = [0.6, 0.9, 1.2, 2, 3, 5, 8, 12, 20];

    /// <summary>The b that are tried.</summary>
    public static IReadOnlyList<double> DefaultB { get; } = [0.2, 0.4, 0.6, 0.75, 0.85, 0.95, 1];

    /// <summary>Scores the grid. Of equal scores the smaller k1 wins, then the smaller b.</summary>
    /// <param name="tasks">The training tasks.</param>
    /// <param name="score">The score of a task's run, higher is better: the mean nDCG@10.</param>
    /// <param name="depth">How many documents a run has; the cut-off of the measure.</param>
    /// <param name="options">Everything but k1 and b.</param>
    /// <param name="k1Grid">The k1 to try; <see cref="DefaultK1"/>.</param>
    /// <param name="bGrid">The b to try; <see cref="DefaultB"/>.</param>
    /// <param name="maxQueriesPerTask">The most queries of a task, taken evenly from its list; all by default.</param>
    /// <param name="progress">Told after each task.</param>
    /// <param name="cancellationToken">Stops between queries.</param>
    /// <exception cref="CdeException">There are no tasks or nothing to try.</exception>
    public static Bm25Tuning Tune(
        IEnumerable<RetrievalTask> tasks, Func<RankedRun, Qrels, double> score, int depth = 10, Bm25Options? options = null,
        IReadOnlyList<double>? k1Grid = null, IReadOnlyList<double>? bGrid = null, int maxQueriesPerTask = int.MaxValue,
        IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxQueriesPerTask, 1);
        var chosen = options ?? new Bm25Options();
        var grid = (k1Grid ?? DefaultK1).Order().SelectMany(k1 => (bGrid ?? DefaultB).Order(), (k1, b) => (chosen with { K1 = k1, B = b }).Check()).ToList();
        var sums = new double[grid.Count];
        var count = 0;
        foreach (var task in tasks)
        {
            var queries = Thin(task.Queries, maxQueriesPerTask);
            var bm25 = new Bm25(task.Corpus, chosen, cancellationToken: cancellationToken);
            var words = bm25.Words(queries);
            for (var point = 0; point < grid.Count; point++)
            {
                var lists = bm25.Search(words, grid[point].K1, grid[point].B, depth, chosen.Threads, cancellationToken);
                var run = new RankedRun("bm25");
                for (var query = 0; query < queries.Count; query++)
                    run.Add(queries[query].Id, lists[query]);
                sums[point] += score(run, task.Qrels);
            }

            count++;
            progress?.Report(new WorkProgress("tuning BM25", count, 0, "tasks"));
        }

        if (count == 0 || grid.Count == 0)
            throw new CdeException($"BM25 cannot be tuned on {count} tasks with {grid.Count} pairs of k1 and b; give at least one of each");
        var scores = grid.Select((point, index) => (point.K1, point.B, Score: sums[index] / count)).ToList();
        var best = scores.MaxBy(point => point.Score);
        return new Bm25Tuning(chosen with { K1 = best.K1, B = best.B }, best.Score, scores);
    }

    private static IReadOnlyList<Query> Thin(IReadOnlyList<Query> queries, int most) =>
        queries.Count <= most ? queries : [.. Enumerable.Range(0, most).Select(index => queries[(int)((long)index * queries.Count / most)])];
}
