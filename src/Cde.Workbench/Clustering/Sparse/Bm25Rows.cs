using Cde.Workbench.Search;

namespace Cde.Workbench.Clustering;

/// <summary>
/// Texts as sparse rows over the words of the documents: the product of a query's row with a document's is the document's score for the query as <see cref="Bm25"/> counts it, up to
/// rounding. Words are those of BM25 search.
/// </summary>
internal static class Bm25Rows
{
    private const int Step = 4096; // texts between two reports

    /// <summary>Rows of pairs.</summary>
    /// <param name="queries">N texts.</param>
    /// <param name="documents">N texts, from which idf and the mean length are taken.</param>
    /// <param name="options">k1, b and how words are split.</param>
    /// <param name="progress">Told in documents.</param>
    /// <param name="cancellationToken">Stops between texts.</param>
    /// <returns>(N, W) how often a query has each word; (N, W) the BM25 weight of each word in a document.</returns>
    public static (SparseRows Queries, SparseRows Documents) Of(
        IReadOnlyList<string> queries, IReadOnlyList<string> documents, Bm25Options options, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        var index = Index(documents, options, progress, cancellationToken);
        var analyzer = new WordAnalyzer(options.SplitIdentifiers);
        var rows = new (int[], float[])[queries.Count];
        for (var row = 0; row < rows.Length; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows[row] = Counted(index.Find(queries[row], analyzer));
        }

        return (SparseRows.Of(rows, index.Words), Weighted(index, options));
    }

    /// <summary>(N, W): the BM25 weight of each word in a document.</summary>
    /// <inheritdoc cref="Of"/>
    public static SparseRows OfDocuments(IReadOnlyList<string> documents, Bm25Options options, IProgress<WorkProgress>? progress, CancellationToken cancellationToken) =>
        Weighted(Index(documents, options, progress, cancellationToken), options);

    private static InvertedIndex Index(IReadOnlyList<string> documents, Bm25Options options, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        var (index, analyzer) = (new InvertedIndex(), new WordAnalyzer(options.SplitIdentifiers));
        foreach (var document in documents)
        {
            cancellationToken.ThrowIfCancellationRequested();
            index.Add(document, analyzer);
            if (index.Count % Step == 0 || index.Count == documents.Count)
                progress?.Report(new WorkProgress("indexing words", index.Count, documents.Count, "documents"));
        }

        return index;
    }

    private static SparseRows Weighted(InvertedIndex index, Bm25Options options)
    {
        var saturations = Bm25Scorer.Saturations(index, options.K1, options.B);
        var words = new (int[], float[])[index.Words];
        for (var word = 0; word < words.Length; word++)
        {
            var rarity = index.InverseDocumentFrequency(word);
            var postings = index.Postings(word);
            var (places, weights) = (new int[postings.Length], new float[postings.Length]);
            for (var i = 0; i < postings.Length; i++)
                (places[i], weights[i]) = (postings[i].Document, (float)(rarity * (postings[i].Count / (postings[i].Count + saturations[postings[i].Document]))));
            words[word] = (places, weights);
        }

        return SparseRows.Of(words, index.Count).Transposed();
    }

    private static (int[] Words, float[] Counts) Counted(int[] words)
    {
        Array.Sort(words);
        var distinct = new List<int>(words.Length);
        var counts = new List<float>(words.Length);
        foreach (var word in words)
        {
            if (distinct.Count > 0 && distinct[^1] == word)
            {
                counts[^1]++;
            }
            else
            {
                distinct.Add(word);
                counts.Add(1);
            }
        }

        return ([.. distinct], [.. counts]);
    }
}
