namespace Cde.Workbench.Clustering;

/// <summary>
/// First centroids as cde chooses them for sparse rows: the documents of a random pair, then time and again of the pair whose query is least like every centroid so far, the lower row
/// on a tie. A pair is taken once.
/// </summary>
/// <param name="queries">(N, W).</param>
/// <param name="documents">(N, W).</param>
/// <param name="parallel">Threads and cancellation.</param>
internal sealed class SparseStart(SparseRows queries, SparseRows documents, ParallelOptions parallel)
{
    private readonly SparseRows _byWord = queries.Transposed();
    private readonly double[] _products = new double[queries.Count]; // of each query with the newest centroid; zeros in between
    private readonly double[] _best = new double[queries.Count]; // with the most similar centroid; weights are not negative, nor are products

    /// <summary>The pairs whose documents are the first centroids.</summary>
    /// <param name="clusters">k, at most N.</param>
    /// <param name="seed">Of the first pair.</param>
    /// <param name="progress">Told in clusters.</param>
    public int[] Choose(int clusters, long seed, IProgress<WorkProgress>? progress)
    {
        const int Told = 64; // clusters between two reports
        var chosen = new int[clusters];
        var parts = Math.Min(queries.Count, parallel.MaxDegreeOfParallelism);
        var least = new (double Similarity, int Pair)[parts];
        chosen[0] = new SeededRandom(seed).Below(queries.Count);
        for (var i = 1; i < clusters; i++)
        {
            var newest = chosen[i - 1];
            _best[newest] = double.PositiveInfinity;
            if (parts == 1)
            {
                parallel.CancellationToken.ThrowIfCancellationRequested();
                least[0] = Approach(newest, 0, queries.Count);
            }
            else
            {
                Parallel.For(0, parts, parallel, part => least[part] = Approach(newest, Border(part, parts), Border(part + 1, parts)));
            }

            chosen[i] = least.MinBy(found => found.Similarity).Pair; // the first part on a tie
            if ((i + 1) % Told == 0 || i + 1 == clusters)
                progress?.Report(new WorkProgress("first centroids", i + 1, clusters, "clusters"));
        }

        return chosen;
    }

    private int Border(int part, int parts) => (int)((long)queries.Count * part / parts);

    /// <summary>Raises the similarities of a range of queries by the newest centroid, and finds the least of them.</summary>
    private (double Similarity, int Pair) Approach(int newest, int from, int to)
    {
        var words = documents.Columns(newest);
        var weights = documents.Values(newest);
        for (var i = 0; i < words.Length; i++)
        {
            var rows = _byWord.Columns(words[i]);
            var counts = _byWord.Values(words[i]);
            var first = rows.BinarySearch(from);
            for (var j = first < 0 ? ~first : first; j < rows.Length && rows[j] < to; j++)
                _products[rows[j]] += (double)counts[j] * weights[i];
        }

        var least = (Similarity: double.PositiveInfinity, Pair: from);
        for (var row = from; row < to; row++)
        {
            var best = _best[row] = Math.Max(_best[row], _products[row]);
            _products[row] = 0;
            if (best < least.Similarity)
                least = (best, row);
        }

        return least;
    }
}
