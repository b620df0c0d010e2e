using System.Globalization;
using System.Runtime.InteropServices;
using Cde.Workbench.Corpora;

namespace Cde.Workbench.Search;

/// <summary>
/// Makes one run of several by their ranks alone (Cormack, Clarke and Büttcher 2009): a document's score is the sum over runs of
/// weight / (k + rank), where the best document of a run has rank 1 and a run that lacks the document adds nothing. Scores of different
/// kinds, such as BM25's and inner products, need no common scale.
/// </summary>
/// <remarks>
/// Each run is ranked by score as float32, ties by id descending as bytes. Sums run in double, in the order of the runs, and are rounded once
/// to float32; the fused list has the same tie rule.
/// </remarks>
public static class ReciprocalRankFusion
{
    /// <summary>The k of the paper.</summary>
    public const double DefaultK = 60;

    /// <summary>Fuses runs. The result has every query that any of them has, in the order in which they first come.</summary>
    /// <param name="runs">The runs, at least one.</param>
    /// <param name="depth">The most documents a query of the result has; all of them by default.</param>
    /// <param name="k">How slowly the weight falls with the rank. <value>At least 0; 60 by default.</value></param>
    /// <param name="weights">The weight of each run, 0 or more and not all 0; 1 each where left out.</param>
    /// <exception cref="CdeException">There is no run, k or a weight is out of its range, or there is not one weight for each run.</exception>
    public static RankedRun Fuse(IReadOnlyList<RankedRun> runs, int depth = int.MaxValue, double k = DefaultK, IReadOnlyList<double>? weights = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(depth);
        Check(runs, k, weights);
        var fused = new RankedRun(Name(runs, k, weights));
        foreach (var query in runs.SelectMany(run => run.Keys).Distinct(StringComparer.Ordinal))
        {
            var scores = Scores(runs.Select(run => run.GetValueOrDefault(query) ?? []).ToList(), k, weights);
            fused.Add(query, [.. Rank(scores.Select(entry => new ScoredDocument(entry.Key, (float)entry.Value))).Take(depth)]);
        }

        return fused;
    }

    /// <summary>The unrounded scores of one query's documents.</summary>
    internal static Dictionary<string, double> Scores(IReadOnlyList<IReadOnlyList<ScoredDocument>> lists, double k, IReadOnlyList<double>? weights)
    {
        var scores = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var run = 0; run < lists.Count; run++)
        {
            var rank = 0;
            foreach (var document in Rank(lists[run]))
            {
                rank++;
                CollectionsMarshal.GetValueRefOrAddDefault(scores, document.DocumentId, out _) += (weights?[run] ?? 1) / (k + rank);
            }
        }

        return scores;
    }

    private static IOrderedEnumerable<ScoredDocument> Rank(IEnumerable<ScoredDocument> documents) =>
        documents.OrderByDescending(document => (float)document.Score).ThenByDescending(document => document.DocumentId, IdByteOrder.Instance);

    private static void Check(IReadOnlyList<RankedRun> runs, double k, IReadOnlyList<double>? weights)
    {
        if (runs.Count == 0)
            throw new CdeException("there is no run to fuse; give at least one");
        if (!double.IsFinite(k) || k < 0)
            throw new CdeException(string.Create(CultureInfo.InvariantCulture, $"reciprocal rank fusion with k {k}: k must be at least 0; 60 is usual"));
        if (weights is null)
            return;
        if (weights.Count != runs.Count)
            throw new CdeException($"reciprocal rank fusion of {runs.Count} runs with {weights.Count} weights; give one for each run");
        if (weights.Any(weight => !double.IsFinite(weight) || weight < 0) || weights.All(weight => weight == 0))
        {
            throw new CdeException(string.Create(
                CultureInfo.InvariantCulture, $"reciprocal rank fusion with weights {string.Join(", ", weights)}: each must be at least 0, and one above 0"));
        }
    }

    private static string Name(IReadOnlyList<RankedRun> runs, double k, IReadOnlyList<double>? weights) => string.Create(
        CultureInfo.InvariantCulture,
        $"rrf k={k} of {string.Join(" + ", runs.Select((run, index) => weights is null || weights[index] == 1 ? run.Name : string.Create(CultureInfo.InvariantCulture, $"{weights[index]} {run.Name}")))}");
}
