using Cde.Workbench.Corpora;

namespace Cde.Workbench.Search;

/// <summary>
/// Lexical search (Robertson and Zaragoza 2009) as Lucene scores since version 8: the sum over the query's words of
/// idf tf / (tf + k1 (1 - b + b length / average)). The baseline that a model has to beat.
/// </summary>
/// <remarks>Ranked by the score as float32, ties by id descending as bytes, as trec_eval sees it. A document without any word of the query is not found.</remarks>
public sealed class Bm25
{
    private readonly Corpus _corpus;
    private readonly InvertedIndex _index = new();
    private readonly int[] _tieRanks;

    /// <summary>Indexes a corpus: title and text.</summary>
    /// <param name="corpus">The documents. It must outlive this.</param>
    /// <param name="options">The parameters.</param>
    /// <param name="progress">Told now and then how far the indexing is.</param>
    /// <param name="cancellationToken">Stops between documents.</param>
    /// <exception cref="CdeException">A parameter is out of its range.</exception>
    public Bm25(Corpus corpus, Bm25Options? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        (_corpus, Options) = (corpus, (options ?? new Bm25Options()).Check());
        var analyzer = new WordAnalyzer(Options.SplitIdentifiers);
        for (var index = 0; index < corpus.Count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _index.Add(corpus[index].FullText, analyzer);
            if ((index + 1) % 4096 == 0 || index + 1 == corpus.Count)
                progress?.Report(new WorkProgress("indexing words", index + 1, corpus.Count, "documents"));
        }

        _tieRanks = TieRanks(corpus);
    }

    /// <summary>The parameters.</summary>
    public Bm25Options Options { get; }

    /// <summary>The best documents for every query. The result does not depend on the number of threads.</summary>
    /// <param name="queries">The queries.</param>
    /// <param name="k">The most documents a query.</param>
    /// <param name="cancellationToken">Stops between queries.</param>
    public RankedRun Search(IReadOnlyList<Query> queries, int k, CancellationToken cancellationToken = default)
    {
        var run = new RankedRun(FormattableString.Invariant($"bm25 k1={Options.K1} b={Options.B}"));
        var lists = Search(Words(queries), Options.K1, Options.B, k, Options.Threads, cancellationToken);
        for (var index = 0; index < queries.Count; index++)
            run.Add(queries[index].Id, lists[index]);
        return run;
    }

    /// <summary>The words of queries, looked up once.</summary>
    internal IReadOnlyList<int[]> Words(IReadOnlyList<Query> queries)
    {
        var analyzer = new WordAnalyzer(Options.SplitIdentifiers);
        return [.. queries.Select(query => _index.Find(query.Text, analyzer))];
    }

    /// <summary>Searches with other parameters over the same index.</summary>
    internal ScoredDocument[][] Search(IReadOnlyList<int[]> queries, double k1, double b, int k, int threads, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        var lists = new ScoredDocument[queries.Count][];
        var prepared = new Bm25Scorer(_index, k1, b);
        Parallel.For(
            0,
            queries.Count,
            new ParallelOptions { MaxDegreeOfParallelism = threads == 0 ? Environment.ProcessorCount : threads, CancellationToken = cancellationToken },
            () => new Bm25Scorer(prepared),
            (query, _, scorer) =>
            {
                lists[query] = Best(scorer, queries[query], k);
                return scorer;
            },
            _ => { });
        return lists;
    }

    private ScoredDocument[] Best(Bm25Scorer scorer, int[] words, int k)
    {
        // The queue holds the best k so far, the worst of them in front.
        var queue = new PriorityQueue<int, (float Score, int TieRank)>(k < int.MaxValue ? Math.Min(k + 1, 1024) : 1024);
        foreach (var document in scorer.Score(words, out var scores))
        {
            var priority = ((float)scores[document], -_tieRanks[document]);
            if (queue.Count < k)
                queue.Enqueue(document, priority);
            else if (queue.TryPeek(out _, out var worst) && priority.CompareTo(worst) > 0)
                queue.DequeueEnqueue(document, priority);
        }

        var best = new ScoredDocument[queue.Count];
        for (var rank = best.Length - 1; rank >= 0; rank--)
        {
            queue.TryDequeue(out var document, out var priority);
            best[rank] = new ScoredDocument(_corpus.GetId(document), priority.Score);
        }

        return best;
    }

    // Where each document stands when ids are in descending byte order.
    private static int[] TieRanks(Corpus corpus)
    {
        var ids = new string[corpus.Count];
        var positions = new int[corpus.Count];
        for (var index = 0; index < ids.Length; index++)
            (ids[index], positions[index]) = (corpus.GetId(index), index);
        Array.Sort(ids, positions, IdByteOrder.Instance);
        var ranks = new int[ids.Length];
        for (var place = 0; place < positions.Length; place++)
            ranks[positions[place]] = positions.Length - 1 - place;
        return ranks;
    }
}
