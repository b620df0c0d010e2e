using Cde.Workbench.Embedding;
using Cde.Workbench.Search;

namespace Cde.Workbench.Contexts;

/// <summary>
/// <c>nearest-to-queries</c>: each query in turn takes its best document that is not chosen yet, until there are enough. The context shows what will be asked about; take it where the queries are known beforehand, and
/// say so with every score: such a context has seen the test.
/// </summary>
/// <param name="documents">A vector for each document; the caller's.</param>
/// <param name="queries">Vectors of the queries, by the same model; the caller's.</param>
/// <param name="cancellationToken">Stops between blocks of documents.</param>
public sealed class NearestToQueriesSampler(EmbeddingMatrix documents, EmbeddingMatrix queries, CancellationToken cancellationToken = default) : IMinicorpusSampler
{
    /// <summary>The sampler's name.</summary>
    public const string SamplerName = "nearest-to-queries";

    /// <inheritdoc/>
    public string Name => SamplerName;

    /// <inheritdoc/>
    public IReadOnlyList<int> Sample(int corpusCount, int size, long seed)
    {
        SampledRows.RequireOneOfEach(Name, documents.Count, corpusCount, "vectors");
        if (queries.Count == 0)
            throw new CdeException($"sampler {Name}: there are no queries; give some, or take the sampler {RandomSampler.SamplerName}");
        return SampledRows.OverSampled(corpusCount, size, seed, wanted => Choose(wanted, seed));
    }

    private int[] Choose(int size, long seed)
    {
        int[] order = [.. Enumerable.Range(0, queries.Count)];
        SeededRandom.For(seed, 6).Shuffle<int>(order);
        // Each list alone has as many documents as are wanted, so that they suffice whatever the queries have in common.
        var place = Enumerable.Range(0, documents.Count).ToDictionary(row => documents.Ids[row], StringComparer.Ordinal);
        int[][] found = [.. ExactSearch.Search(queries, documents, size, cancellationToken: cancellationToken).Values.Select(list => list.Select(document => place[document.DocumentId]).ToArray())];
        var (next, taken, rows) = (new int[queries.Count], new HashSet<int>(), new List<int>(size));
        while (rows.Count < size)
        {
            foreach (var query in order)
            {
                while (next[query] < found[query].Length && taken.Contains(found[query][next[query]]))
                    next[query]++;
                if (rows.Count == size || next[query] == found[query].Length)
                    continue;
                taken.Add(found[query][next[query]]);
                rows.Add(found[query][next[query]]);
            }
        }

        return [.. rows];
    }
}
