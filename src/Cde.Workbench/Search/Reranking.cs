using Cde.Workbench.Corpora;
using Cde.Workbench.Models.Rerankers;

namespace Cde.Workbench.Search;

/// <summary>Orders the best documents of a run anew by the scores of a cross-encoder or a multi-vector model.</summary>
public static class Reranking
{
    /// <summary>How many documents are read with the query unless another number is asked for.</summary>
    public const int DefaultTop = 100;

    /// <summary>
    /// Reads the first documents of each list together with their query, and puts them in the order of their scores. Those behind keep their order, with scores
    /// below every score of the reranker.
    /// </summary>
    /// <param name="run">What a search found; its lists' first documents are those of the highest scores.</param>
    /// <param name="corpus">Where the documents' texts are.</param>
    /// <param name="queries">The queries' texts.</param>
    /// <param name="reranker">What scores; it stays the caller's.</param>
    /// <param name="top">Documents a query that are read. <value>At least 1; 100 by default.</value></param>
    /// <param name="depth">The most documents a query of the result has; all of them by default.</param>
    /// <param name="options">How it scores; the defaults where null.</param>
    /// <param name="progress">Told after each batch, in pairs.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>A run for the same queries.</returns>
    /// <exception cref="CdeException">The run has a query or a document that is not among those given.</exception>
    public static RankedRun Run(
        RankedRun run, Corpus corpus, IReadOnlyList<Query> queries, IReranker reranker, int top = DefaultTop, int depth = int.MaxValue, RerankOptions? options = null,
        IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(top);
        var texts = queries.ToDictionary(query => query.Id, query => query.Text, StringComparer.Ordinal);
        var lists = run.Select(entry => (Query: entry.Key, Documents: Ranked(entry.Value))).ToList();
        var pairs = lists.SelectMany(list => list.Documents.Take(top).Select(document => (QueryText(list.Query), DocumentText(document.DocumentId)))).ToList();
        var scores = reranker.Score(pairs, options, progress, cancellationToken);
        var (reranked, next) = (new RankedRun($"{run.Name} reranked by {reranker.Name}"), 0);
        foreach (var (query, documents) in lists)
        {
            var read = Ranked(documents.Take(top).Select(document => document with { Score = scores[next++] }));
            var below = read.Count > 0 ? read[^1].Score : 0;
            var behind = documents.Skip(top).Select((document, place) => document with { Score = below - 1 - place });
            reranked.Add(query, [.. read.Concat(behind).Take(depth)]);
        }

        return reranked;

        string QueryText(string id) => texts.TryGetValue(id, out var text) ? text : throw new CdeException($"run {run.Name} has query {id}, whose text is not known; rerank it with the queries that it was made of");
        string DocumentText(string id) => corpus.IndexOf(id) is >= 0 and var row ? corpus[row].FullText : throw new CdeException($"run {run.Name} has document {id}, which {corpus.Name} lacks; rerank it with the corpus that it was made of");
    }

    /// <summary>As trec_eval ranks: by score as float32, ties by id descending as bytes.</summary>
    private static List<ScoredDocument> Ranked(IEnumerable<ScoredDocument> documents) =>
        [.. documents.OrderByDescending(document => (float)document.Score).ThenByDescending(document => document.DocumentId, IdByteOrder.Instance)];
}
