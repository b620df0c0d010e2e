using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;

namespace Cde.Workbench.Search;

/// <summary>
/// Exact nearest documents by brute force. Documents stream through in blocks; memory is one block, its scores, and k entries a query.
/// </summary>
/// <remarks>
/// A score is the inner product summed in double and rounded once to float32, as trec_eval holds scores; equal scores are ordered by id,
/// descending by bytes. Matrix multiplication only finds candidates: every document whose float32 product comes within the rounding bound
/// of the bar (Higham 2002, 3.1: (d + 8) 2^-24 |q| |v|) is scored again exactly. So neither block sizes nor threads nor the kind of float32
/// multiplication can change a result.
/// </remarks>
public static class ExactSearch
{
    /// <summary>Ranks the documents for every query.</summary>
    /// <param name="queries">The queries' vectors.</param>
    /// <param name="documents">The documents' vectors.</param>
    /// <param name="k">How many documents to find; all of them where there are fewer.</param>
    /// <param name="options">How to rank.</param>
    /// <param name="progress">Told after each block of documents.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    /// <exception cref="CdeException">Widths, models or contexts differ, or a score is not a number.</exception>
    public static RankedRun Search(
        EmbeddingMatrix queries, EmbeddingMatrix documents, int k, ExactSearchOptions? options = null,
        IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Search(queries, [documents], k, options, progress, cancellationToken);

    /// <summary>Ranks documents that lie in several matrices, each used after the other. Ids must be unique over all of them.</summary>
    /// <inheritdoc cref="Search(EmbeddingMatrix, EmbeddingMatrix, int, ExactSearchOptions?, IProgress{WorkProgress}?, CancellationToken)"/>
    /// <param name="queries">The queries' vectors.</param>
    /// <param name="parts">The documents' vectors; each part may be disposed when the next is asked for.</param>
    /// <param name="k">How many documents to find; all of them where there are fewer.</param>
    /// <param name="options">How to rank.</param>
    /// <param name="progress">Told after each block of documents.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    public static RankedRun Search(
        EmbeddingMatrix queries, IEnumerable<EmbeddingMatrix> parts, int k, ExactSearchOptions? options = null,
        IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        options ??= new ExactSearchOptions();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.DocumentBlock);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.QueryBlock);
        var lists = new TopList[queries.Count];
        for (var query = 0; query < lists.Length; query++)
            lists[query] = new TopList(k, options.ExcludeIdenticalIds ? queries.IdBytes(query).ToArray() : null);
        var scorer = new BlockScorer(queries, lists, options, cancellationToken);
        foreach (var part in parts)
        {
            RequireComparable(queries, part);
            for (var start = 0; start < part.Count; start += options.DocumentBlock)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var count = Math.Min(options.DocumentBlock, part.Count - start);
                scorer.Score(part, start, count);
                progress?.Report(new WorkProgress("searching", start + count, part.Count, "documents"));
            }

            foreach (var list in lists)
                list.Settle(part);
        }

        var run = new RankedRun(options.RunName);
        for (var query = 0; query < lists.Length; query++)
            run.Add(queries.Ids[query], lists[query].Best());
        return run;
    }

    private static void RequireComparable(EmbeddingMatrix queries, EmbeddingMatrix documents)
    {
        var (q, d) = (queries.Provenance, documents.Provenance);
        if (q.ModelHash != d.ModelHash)
        {
            throw new CdeException(
                $"queries are embedded by {q.ModelName} ({ContentHash.Short(q.ModelHash)}), {d.CorpusName} by {d.ModelName} "
                + $"({ContentHash.Short(d.ModelHash)}); only vectors of one model compare, embed one side again");
        }

        if (q.ContextHash != d.ContextHash)
        {
            throw new CdeException(
                $"queries are embedded with context {Short(q.ContextHash)}, {d.CorpusName} with {Short(d.ContextHash)}; "
                + "only vectors made with one context compare, embed one side again");
        }

        if (queries.Dimension != documents.Dimension)
        {
            throw new CdeException(
                $"queries are {queries.Dimension} numbers wide, {d.CorpusName} is {documents.Dimension}; truncate both to one width");
        }
    }

    private static string Short(string? hash) => hash is null ? "none" : ContentHash.Short(hash);
}
