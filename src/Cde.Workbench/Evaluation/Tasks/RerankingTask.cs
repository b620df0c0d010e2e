using System.Diagnostics;
using System.Globalization;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;
using Cde.Workbench.Models.Rerankers;

namespace Cde.Workbench.Evaluation;

/// <summary>Reranking: each query has candidates, which are put in order by their cosine, or by a cross-encoder; the main score is the mean average precision. A query of several texts scores by the best of them.</summary>
/// <param name="info">What it is.</param>
/// <param name="queries">The queries with their candidates.</param>
public sealed class RerankingTask(TaskInfo info, IReadOnlyList<RankedCandidates> queries) : EvaluationTask(info)
{
    /// <summary>The main score's name.</summary>
    public const string Main = "map";

    private const int ReciprocalCutoff = 10;

    /// <inheritdoc/>
    public override Corpus ContextCorpus { get; } = TextsOf(info.Name, queries.SelectMany(query => query.Candidates));

    /// <summary>The queries.</summary>
    public IReadOnlyList<RankedCandidates> Queries { get; } = queries;

    /// <summary>Average precision and reciprocal rank (cut off at 10) of one query.</summary>
    /// <param name="scores">The candidates' scores, those that are relevant first.</param>
    /// <param name="relevant">How many of them are relevant.</param>
    public static (double AveragePrecision, double ReciprocalRank) Score(IReadOnlyList<double> scores, int relevant)
    {
        bool[] isRelevant = [.. Enumerable.Range(0, scores.Count).Select(i => i < relevant)];
        var rank = 1 + Enumerable.Range(0, scores.Count).OrderByDescending(i => scores[i]).TakeWhile(i => !isRelevant[i]).Count();
        return (BinaryScores.AveragePrecision(scores, isRelevant), rank <= Math.Min(ReciprocalCutoff, scores.Count) ? 1.0 / rank : 0);
    }

    /// <summary>Scores a cross-encoder, which reads each candidate with its query.</summary>
    /// <param name="reranker">The cross-encoder; it stays the caller's.</param>
    /// <param name="options">How to score.</param>
    /// <param name="progress">Told after each batch, in pairs.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="CdeException">No query has both relevant and other candidates.</exception>
    public async Task<TaskResult> EvaluateAsync(IReranker reranker, TaskOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new TaskOptions();
        options.Validate();
        var watch = Stopwatch.StartNew();
        var counted = Counted();
        var pairs = counted.SelectMany(query => query.Candidates.SelectMany(text => query.Texts.Select(asked => (asked, text)))).ToList();
        var scores = await Task.Run(() => reranker.Score(pairs, null, progress, cancellationToken), cancellationToken).ConfigureAwait(false);
        var next = 0;
        double[][] found = [.. counted.Select(query => query.Candidates.Select(_ =>
        {
            var best = scores.AsSpan(next, query.Texts.Count).ToArray().Max();
            next += query.Texts.Count;
            return (double)best;
        }).ToArray())];
        return Result(counted, found, $"by cross-encoder {reranker.Name}", options) with { Reranker = reranker.Name, Elapsed = watch.Elapsed };
    }

    /// <inheritdoc/>
    protected override async Task<TaskResult> ScoreAsync(TaskEncoder encoder, TaskOptions options, CancellationToken cancellationToken)
    {
        var counted = Counted();
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var text in counted.SelectMany(query => query.Candidates))
            rows.TryAdd(text, rows.Count);
        using var candidates = await encoder.DocumentsAsync([.. rows.Keys], cancellationToken).ConfigureAwait(false);
        using var asked = await encoder.QueriesAsync([.. counted.SelectMany(query => query.Texts)], cancellationToken).ConfigureAwait(false);
        var next = 0;
        var found = new List<double[]>();
        foreach (var query in counted)
        {
            found.Add([.. query.Candidates.Select(text => Best(asked, next, query.Texts.Count, candidates, rows[text]))]);
            next += query.Texts.Count;
        }

        return Result(counted, found, "by cosine", options);
    }

    /// <summary>The queries that can be scored.</summary>
    private List<RankedCandidates> Counted() => Queries.Where(query => query.Positives.Count > 0 && query.Negatives.Count > 0).ToList() is { Count: > 0 } counted
        ? counted
        : throw new CdeException($"{Info.Path}: none of {Queries.Count} queries has both relevant and other candidates; reranking needs both");

    private TaskResult Result(List<RankedCandidates> counted, IReadOnlyList<double[]> scores, string how, TaskOptions options)
    {
        var found = counted.Zip(scores, (query, own) => Score(own, query.Positives.Count)).ToList();
        double[] precisions = [.. found.Select(one => one.AveragePrecision)];
        var left = Queries.Count - counted.Count;
        return new TaskResult(
            Info,
            Main,
            new Dictionary<string, double> { [Main] = precisions.Average(), ["mrr_at_10"] = found.Average(one => one.ReciprocalRank) },
            string.Create(CultureInfo.InvariantCulture, $"mean over {counted.Count} queries of the average precision of their candidates {how}{(left > 0 ? $"; {left} queries without relevant or without other candidates left out" : "")}"))
        {
            Count = counted.Count,
            Items = [.. counted.Select((query, i) => new ScoredItem(i.ToString(CultureInfo.InvariantCulture), query.Texts[0], [precisions[i]]))],
            Interval = Bootstrap.OfMean(precisions, draws: options.IntervalDraws, seed: options.Seed),
        };
    }

    private static double Best(EmbeddingMatrix asked, int first, int count, EmbeddingMatrix candidates, int row)
    {
        var candidate = VectorSimilarity.Doubles(candidates[row]);
        return Enumerable.Range(first, count).Max(query => VectorSimilarity.Cosine(VectorSimilarity.Doubles(asked[query]), candidate));
    }
}

/// <summary>A query with its candidates.</summary>
/// <param name="Texts">The query; several texts are asked one by one and the best similarity counts.</param>
/// <param name="Positives">The candidates that are relevant.</param>
/// <param name="Negatives">Those that are not.</param>
public sealed record RankedCandidates(IReadOnlyList<string> Texts, IReadOnlyList<string> Positives, IReadOnlyList<string> Negatives)
{
    /// <summary>All candidates, those that are relevant first.</summary>
    internal IEnumerable<string> Candidates => Positives.Concat(Negatives);
}
