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
            CheckComparable(queries.Provenance, queries.Dimension, part.Provenance, part.Dimension);
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

    /// <summary>Refuses vectors that cannot be compared: of another model, context or width.</summary>
    /// <param name="queries">What the queries' vectors were made of.</param>
    /// <param name="queryDimension">Their width.</param>
    /// <param name="documents">What the documents' vectors were made of.</param>
    /// <param name="documentDimension">Their width.</param>
    /// <exception cref="CdeException">They cannot: what differs, and how.</exception>
    public static void CheckComparable(EmbeddingProvenance queries, int queryDimension, EmbeddingProvenance documents, int documentDimension)
    {
        if (queries.ModelHash != documents.ModelHash)
        {
            throw new CdeException(
                $"queries are embedded by {queries.ModelName} ({ContentHash.Short(queries.ModelHash)}), {documents.CorpusName} by {documents.ModelName} "
                + $"({ContentHash.Short(documents.ModelHash)}); only vectors of one model compare, embed one side again");
        }

        if (queries.ContextHash != documents.ContextHash)
        {
            throw new CdeException(
                $"queries are embedded with context {Short(queries.ContextHash)}, {documents.CorpusName} with {Short(documents.ContextHash)}; "
                + "only vectors made with one context compare, embed one side again");
        }

        if (queryDimension != documentDimension)
        {
            throw new CdeException(
                $"queries are {queryDimension} numbers wide, {documents.CorpusName} is {documentDimension}; truncate both to one width");
        }
    }

    private static string Short(string? hash) => hash is null ? "none" : ContentHash.Short(hash);
}
