namespace Cde.Workbench.Clustering;

/// <summary>First centroids.</summary>
internal static class KMeansStarts
{
    private const int Sample = 20_000; // with k 256 and d 384, 2 x 10^9 multiplications: some two rounds of k-means on 100,000 points
    private const int SampleOfClusters = 4;
    private const int Chunk = 512; // rows a thread takes at a time

    /// <summary>Centroids (k, d) among the points.</summary>
    public static float[] Choose(IPoints points, KMeansOptions options, int restart, CancellationToken cancellationToken)
    {
        var (count, k) = (points.Count, options.Clusters);
        var order = new Permutation(count, options.Seed, 1, restart);
        if (options.Start == KMeansStart.Random)
            return Rows(points, [.. Enumerable.Range(0, k).Select(i => (int)order[i])]);
        var sample = order.Sample((int)Math.Min(count, Math.Max(Sample, (long)SampleOfClusters * k)));
        var rows = Rows(points, sample);
        return PlusPlus(rows, points.Dimension, k, SeededRandom.For(options.Seed, 2, restart), cancellationToken);
    }

    private static float[] PlusPlus(float[] rows, int dimension, int k, SeededRandom random, CancellationToken cancellationToken)
    {
        var count = rows.Length / dimension;
        var chosen = new float[k * dimension];
        var distances = new double[count]; // squared, to the nearest chosen point
        Array.Fill(distances, double.PositiveInfinity);
        var taken = new bool[count];
        var next = random.Below(count);
        for (var i = 0; ; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            taken[next] = true;
            rows.AsSpan(next * dimension, dimension).CopyTo(chosen.AsSpan(i * dimension));
            if (i + 1 == k)
                return chosen;
            Approach(rows, dimension, next, distances);
            next = Draw(distances, taken, random);
        }
    }

    /// <summary>Lowers each point's distance to that from a new centroid, where it is nearer.</summary>
    private static void Approach(float[] rows, int dimension, int centre, double[] distances) =>
        Parallel.For(0, (distances.Length + Chunk - 1) / Chunk, chunk =>
        {
            var centroid = rows.AsSpan(centre * dimension, dimension);
            for (var i = chunk * Chunk; i < Math.Min(distances.Length, (chunk + 1) * Chunk); i++)
                distances[i] = Math.Min(distances[i], ExactDistance.Squared(rows.AsSpan(i * dimension, dimension), centroid));
        });

    /// <summary>A point with probability proportional to its squared distance; the first free one where all distances are 0.</summary>
    private static int Draw(double[] distances, bool[] taken, SeededRandom random)
    {
        var total = distances.Sum();
        var place = random.NextDouble() * total;
        var last = -1;
        for (var i = 0; total > 0 && i < distances.Length; i++)
        {
            if (distances[i] == 0)
                continue;
            place -= distances[i];
            last = i;
            if (place < 0)
                break;
        }

        return last >= 0 ? last : Array.IndexOf(taken, false);
    }

    private static float[] Rows(IPoints points, int[] rows)
    {
        var d = points.Dimension;
        var values = new float[checked(rows.Length * d)];
        for (var i = 0; i < rows.Length; i++)
            points.Read(rows[i], values.AsSpan(i * d, d));

        return values;
    }
}
