using Cde.Workbench.Corpora;
using Cde.Workbench.Search;

namespace Cde.Workbench.Evaluation;

/// <summary>Retrieval as one of MTEB's kinds: exact search by cosine, counted by mteb's rules; the main score is nDCG@10.</summary>
/// <param name="info">What it is.</param>
/// <param name="task">Documents, queries and judgements; the corpus is disposed of with this.</param>
public sealed class RetrievalEvaluation(TaskInfo info, RetrievalTask task) : EvaluationTask(info)
{
    /// <summary>The main score's name.</summary>
    public const string Main = "ndcg_at_10";

    // Tasks whose queries are documents of the corpus: mteb leaves the query's own document out there.
    private static readonly string[] WithoutSelf = ["ArguAna", "QuoraRetrieval", "Touche2020"];

    private static readonly (string Name, string Measure)[] Measures =
    [
        (Main, "nDCG@10"), ("ndcg_at_1", "nDCG@1"), ("ndcg_at_100", "nDCG@100"), ("map_at_10", "MAP@10"), ("map_at_100", "MAP@100"), ("mrr_at_10", "MRR@10"),
        ("recall_at_1", "Recall@1"), ("recall_at_10", "Recall@10"), ("recall_at_100", "Recall@100"), ("precision_at_10", "P@10"),
    ];

    /// <inheritdoc/>
    public override Corpus ContextCorpus => Task.Corpus;

    /// <summary>Documents, queries and judgements.</summary>
    public RetrievalTask Task { get; } = task;

    /// <summary>How many judgements call documents relevant that the corpus does not have.</summary>
    public static int UnknownDocuments(RetrievalTask task) =>
        task.Qrels.QueryIds.Sum(query => task.Qrels[query].Count(judged => judged.Value > 0 && task.Corpus.IndexOf(judged.Key) < 0));

    /// <summary>What is done about them, in words.</summary>
    /// <param name="count">How many there are.</param>
    public static string SayUnknown(int count) => (count == 1 ? "1 judgement is of a document" : $"{count} judgements are of documents") + " that the corpus does not have: such documents count as relevant and missed, as in trec_eval";

    /// <inheritdoc/>
    protected override async Task<TaskResult> ScoreAsync(TaskEncoder encoder, TaskOptions options, CancellationToken cancellationToken)
    {
        using var documents = await encoder.DocumentsAsync(Task.Corpus, cancellationToken).ConfigureAwait(false);
        using var queries = await encoder.QueriesAsync(Task.Queries, cancellationToken).ConfigureAwait(false);
        var removesSelf = WithoutSelf.Contains(Info.PublishedName ?? Info.Name);
        var depth = encoder.Reranker is null ? options.Depth : Math.Max(options.Depth, encoder.RerankTop);
        var run = ExactSearch.Search(queries, documents, depth, new ExactSearchOptions { ExcludeIdenticalIds = removesSelf }, null, cancellationToken);
        if (encoder.Reranker is { } reranker)
            run = await System.Threading.Tasks.Task.Run(() => Reranking.Run(run, Task.Corpus, Task.Queries, reranker, encoder.RerankTop, options.Depth, null, encoder.Progress, cancellationToken), cancellationToken).ConfigureAwait(false);
        var measures = Measures.Where(measure => Measure.Parse(measure.Measure).Cutoff <= options.Depth).ToDictionary(measure => measure.Name, measure => Measure.Parse(measure.Measure));
        var scores = Evaluator.Evaluate(run, Task.Qrels, [.. measures.Values], EvaluationProfile.Mteb);
        var main = measures[Main];
        var texts = Task.Queries.ToDictionary(query => query.Id, query => query.Text, StringComparer.Ordinal);
        var unknown = UnknownDocuments(Task);
        return new TaskResult(Info, Main, measures.ToDictionary(measure => measure.Key, measure => scores[measure.Value]), scores.Rule + (removesSelf ? "; the query's own document is not searched" : "") + (encoder.Reranker is { } orders ? FormattableString.Invariant($"; the first {encoder.RerankTop} documents of each query ordered anew by cross-encoder {orders.Name}") : "") + (unknown > 0 ? $"; {SayUnknown(unknown)}" : ""))
        {
            Count = scores.CountedQueries,
            Reranker = encoder.Reranker?.Name,
            Items = [.. scores.QueryIds.Zip(scores.PerQuery(main), (id, value) => new ScoredItem(id, texts.GetValueOrDefault(id, ""), [value]))],
            Interval = Bootstrap.OfMean(scores.PerQuery(main), draws: options.IntervalDraws, seed: options.Seed),
        };
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => Task.Corpus.Dispose();
}
