namespace Cde.Workbench.Clustering;

/// <summary>What sparse k-means found.</summary>
/// <param name="Labels">The cluster of each pair: that of the centroid with the largest product before the last move, the lower number on a tie.</param>
/// <param name="Centroids">(K, W): means of the documents of each cluster; of a cluster without pairs what it was before.</param>
/// <param name="Shifts">The sum of the squared moves of all centroids, of each iteration.</param>
/// <param name="IsConverged">Whether it ended because the shift stood still, and not for want of iterations.</param>
internal sealed record SparseKMeansResult(int[] Labels, SparseRows Centroids, IReadOnlyList<double> Shifts, bool IsConverged);

/// <summary>
/// k-means of pairs whose rows are sparse, as cde runs it on BM25's weights (spec ): queries are assigned by their product with a centroid, which is the mean of the documents.
/// Products come from an inverted index over the centroids. All sums are in double and in the order of words or rows: the bits do not depend on how many threads there are.
/// </summary>
internal static class SparsePairedKMeans
{
    private const int Block = 256; // queries that a thread takes at a time

    /// <summary>Clusters pairs: row i of both is pair i.</summary>
    /// <param name="queries">(N, W), N at least 1.</param>
    /// <param name="documents">(N, W).</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told in clusters, then in iterations.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    public static SparseKMeansResult Fit(SparseRows queries, SparseRows documents, Bm25ClusterOptions options, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        var threads = options.Words.Threads == 0 ? Environment.ProcessorCount : options.Words.Threads;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        var clusters = (queries.Count + options.ClusterSize - 1) / options.ClusterSize;
        var start = new SparseStart(queries, documents, parallel).Choose(clusters, options.Seed, progress);
        var centroids = SparseRows.Of([.. start.Select(pair => (documents.Columns(pair).ToArray(), documents.Values(pair).ToArray()))], documents.Width);
        var labels = new int[queries.Count];
        var (shifts, isConverged) = (new List<double>(), false);
        while (!isConverged && shifts.Count < options.Iterations)
        {
            Assign(queries, centroids.Transposed(), labels, parallel);
            var means = SparseMeans.Of(documents, new ClusterAssignment(labels, clusters), centroids, parallel);
            shifts.Add(SparseMeans.Shift(centroids, means, parallel));
            isConverged = shifts.Count > 1 && Math.Abs(shifts[^1] - shifts[^2]) < options.Tolerance;
            centroids = means;
            progress?.Report(new WorkProgress("k-means of words", shifts.Count, isConverged ? shifts.Count : options.Iterations, "iterations"));
        }

        return new SparseKMeansResult(labels, centroids, shifts, isConverged);
    }

    /// <summary>Assigns every query to the centroid with the largest product, the lower one on a tie.</summary>
    /// <param name="queries">(N, W).</param>
    /// <param name="byWord">(W, K): the centroids that have each word.</param>
    /// <param name="labels">N, written.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    private static void Assign(SparseRows queries, SparseRows byWord, int[] labels, ParallelOptions parallel) =>
        Parallel.For(0, (queries.Count + Block - 1) / Block, parallel, () => new double[byWord.Width], (block, _, products) =>
        {
            for (var row = block * Block; row < Math.Min(queries.Count, (block + 1) * Block); row++)
            {
                var words = queries.Columns(row);
                var counts = queries.Values(row);
                Array.Clear(products);
                for (var i = 0; i < words.Length; i++)
                    Add(byWord.Columns(words[i]), byWord.Values(words[i]), counts[i], products);
                var best = 0;
                for (var cluster = 1; cluster < products.Length; cluster++)
                {
                    if (products[cluster] > products[best])
                        best = cluster;
                }

                labels[row] = best;
            }

            return products;
        }, _ => { });

    private static void Add(ReadOnlySpan<int> clusters, ReadOnlySpan<float> weights, double count, double[] products)
    {
        for (var i = 0; i < clusters.Length; i++)
            products[clusters[i]] += count * weights[i];
    }
}
