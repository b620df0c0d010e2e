using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;

namespace Cde.Workbench.Search;

/// <summary>
/// Search in quantized vectors: every document is scored by its codes, the best k times the multiplier are put in order again by the query in float32. The codes of 8 bits
/// are compared by their inner product, bits by the number that differ; equal scores keep the documents' order (as sentence-transformers over flat FAISS indexes).
/// </summary>
public static class QuantizedSearch
{
    /// <summary>How many times k documents are scored again.</summary>
    public const int DefaultMultiplier = 4;

    /// <summary>Ranks the documents for every query.</summary>
    /// <param name="queries">The queries' vectors, in float32.</param>
    /// <param name="documents">The documents' codes.</param>
    /// <param name="ids">The documents' ids.</param>
    /// <param name="k">How many documents to find.</param>
    /// <param name="rescoring">How they are put in order.</param>
    /// <param name="multiplier">How many times k documents are scored again; at least 1.</param>
    /// <param name="runName">The name of the run.</param>
    /// <param name="cancellationToken">Stops between queries.</param>
    /// <exception cref="CdeException">Queries have another width.</exception>
    public static RankedRun Search(
        EmbeddingMatrix queries, QuantizedMatrix documents, IReadOnlyList<string> ids, int k, Rescoring rescoring = Rescoring.Values, int multiplier = DefaultMultiplier,
        string runName = "quantized", CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(multiplier);
        if (queries.Dimension != documents.Dimension)
            throw new CdeException($"queries are {queries.Dimension} numbers wide, the documents {documents.Dimension}; truncate both to one width");
        var lists = new ScoredDocument[queries.Count][];
        Parallel.For(0, queries.Count, new ParallelOptions { CancellationToken = cancellationToken }, () => new int[documents.Count], (query, _, scores) =>
        {
            documents.Score(documents.Encode(queries[query]), scores);
            var taken = (int)Math.Min(documents.Count, rescoring == Rescoring.None ? k : (long)k * multiplier);
            lists[query] = [.. Best(scores, taken)
                .Select(row => (row, Score: rescoring == Rescoring.None ? scores[row] : documents.Rescore(queries[query], row, rescoring == Rescoring.Values)))
                .OrderByDescending(found => found.Score).Take(k).Select(found => new ScoredDocument(ids[found.row], found.Score))];
            return scores;
        }, _ => { });
        var run = new RankedRun(runName);
        for (var query = 0; query < lists.Length; query++)
            run.Add(queries.Ids[query], lists[query]);
        return run;
    }

    /// <summary>The rows of the highest scores, the highest first, equal scores in the order of the rows.</summary>
    internal static IEnumerable<int> Best(int[] scores, int count)
    {
        // Score and row in one number, so that one sort orders both.
        var keys = new long[scores.Length];
        for (var row = 0; row < keys.Length; row++)
            keys[row] = (-(long)scores[row] << 32) | (uint)row;
        Array.Sort(keys);
        return keys.Take(count).Select(key => (int)(uint)key);
    }
}
