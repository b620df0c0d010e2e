using System.Numerics.Tensors;
using Cde.Workbench.Embedding;

namespace Cde.Workbench.Evaluation;

/// <summary>
/// Mini-batch k-means (Sculley 2010) as scikit-learn runs it for MTEB's clustering tasks: a k-means++ start on three batches, centroids that move by the share of a batch, rare
/// centroids put on random points, an end when the smoothed inertia of the batches falls no more. For clusters to work with, <see cref="Clustering.KMeans"/> is better.
/// </summary>
internal static class MiniBatchKMeans
{
    private const int MostEpochs = 100;
    private const int MostWithoutGain = 10;
    private const double RareShare = 0.01;

    /// <summary>The cluster of each row.</summary>
    /// <param name="matrix">The points, Euclidean.</param>
    /// <param name="clusters">k, at most as many as points.</param>
    /// <param name="batch">Points of a batch.</param>
    /// <param name="seed">Of everything drawn.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public static int[] Fit(EmbeddingMatrix matrix, int clusters, int batch, long seed, CancellationToken cancellationToken)
    {
        var random = new SeededRandom(seed);
        batch = Math.Min(batch, matrix.Count);
        var sample = new Permutation(matrix.Count, seed, 1).Sample(Math.Min(matrix.Count, Math.Max(3 * batch, 3 * clusters)));
        var centroids = Start(matrix, sample, clusters, random);
        var weights = new double[clusters];
        var (smoothed, best, without, sinceMoved) = (double.NaN, double.PositiveInfinity, 0, 0);
        var share = Math.Min(1, 2.0 * batch / (matrix.Count + 1));
        for (var step = 0; step < Math.Max(1, (long)MostEpochs * matrix.Count / batch); step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int[] rows = [.. Enumerable.Range(0, batch).Select(_ => random.Below(matrix.Count))];
            var (labels, inertia) = Assign(matrix, rows, centroids);
            Move(matrix, rows, labels, centroids, weights);
            sinceMoved += batch;
            if (weights.Contains(0) || sinceMoved >= 10 * clusters)
            {
                Reassign(matrix, rows, centroids, weights, random);
                sinceMoved = 0;
            }

            if (step == 0)
                continue; // the first batch is where the start came from
            smoothed = double.IsNaN(smoothed) ? inertia / batch : (smoothed * (1 - share)) + (inertia / batch * share);
            without = smoothed < best ? 0 : without + 1;
            best = Math.Min(best, smoothed);
            if (without >= MostWithoutGain)
                break;
        }

        return Assign(matrix, [.. Enumerable.Range(0, matrix.Count)], centroids).Labels;
    }

    private static float[][] Start(EmbeddingMatrix matrix, int[] sample, int clusters, SeededRandom random)
    {
        var centroids = new List<float[]> { matrix[sample[random.Below(sample.Length)]].ToArray() };
        var distances = sample.Select(_ => double.PositiveInfinity).ToArray();
        while (centroids.Count < clusters)
        {
            var last = centroids[^1];
            Parallel.For(0, sample.Length, i => distances[i] = Math.Min(distances[i], Squared(matrix[sample[i]], last)));
            var target = random.NextDouble() * distances.Sum();
            var chosen = 0;
            while (chosen < sample.Length - 1 && (target -= distances[chosen]) > 0)
                chosen++;
            centroids.Add(matrix[sample[chosen]].ToArray());
        }

        return [.. centroids];
    }

    private static (int[] Labels, double Inertia) Assign(EmbeddingMatrix matrix, int[] rows, float[][] centroids)
    {
        var (labels, distances) = (new int[rows.Length], new double[rows.Length]);
        Parallel.For(0, rows.Length, i =>
        {
            var nearest = double.PositiveInfinity;
            for (var k = 0; k < centroids.Length; k++)
            {
                if (Squared(matrix[rows[i]], centroids[k]) is var distance && distance < nearest)
                    (nearest, labels[i]) = (distance, k);
            }

            distances[i] = nearest;
        });
        return (labels, distances.Sum());
    }

    private static void Move(EmbeddingMatrix matrix, int[] rows, int[] labels, float[][] centroids, double[] weights)
    {
        foreach (var members in rows.Zip(labels).GroupBy(pair => pair.Second, pair => pair.First))
        {
            var centroid = centroids[members.Key];
            TensorPrimitives.Multiply(centroid, (float)weights[members.Key], centroid);
            foreach (var row in members)
            {
                TensorPrimitives.Add(centroid, matrix[row], centroid);
                weights[members.Key]++;
            }

            TensorPrimitives.Divide(centroid, (float)weights[members.Key], centroid);
        }
    }

    private static void Reassign(EmbeddingMatrix matrix, int[] rows, float[][] centroids, double[] weights, SeededRandom random)
    {
        var bar = RareShare * weights.Max();
        int[] rare = [.. Enumerable.Range(0, weights.Length).Where(k => weights[k] < bar).OrderBy(k => weights[k]).Take(rows.Length / 2)];
        if (rare.Length == 0)
            return;
        var least = weights.Where(weight => weight >= bar).Min();
        random.Shuffle(rows.AsSpan());
        for (var i = 0; i < rare.Length; i++)
        {
            matrix[rows[i]].CopyTo(centroids[rare[i]]);
            weights[rare[i]] = least;
        }
    }

    private static double Squared(ReadOnlySpan<float> point, float[] centroid)
    {
        var distance = TensorPrimitives.Distance(point, centroid);
        return (double)distance * distance;
    }
}
