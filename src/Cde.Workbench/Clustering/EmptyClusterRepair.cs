namespace Cde.Workbench.Clustering;

/// <summary>Fills clusters without points by halving large ones, as faiss does.</summary>
internal static class EmptyClusterRepair
{
    private const float Apart = 1f / 1024; // faiss' EPS

    /// <summary>
    /// Each empty cluster takes a copy of another's centroid, drawn with probability proportional to size - 1; the two are moved apart and share
    /// the size for the draws that follow.
    /// </summary>
    /// <param name="centroids">(K, d), changed in place.</param>
    /// <param name="dimension">d.</param>
    /// <param name="counts">Points in each cluster.</param>
    /// <param name="random">Of the draws.</param>
    /// <returns>How many were filled.</returns>
    public static int Split(float[] centroids, int dimension, ReadOnlySpan<int> counts, SeededRandom random)
    {
        var sizes = counts.ToArray();
        var filled = 0;
        for (var empty = 0; empty < sizes.Length; empty++)
        {
            if (sizes[empty] > 0 || Draw(sizes, random) is not { } donor)
                continue;
            var target = centroids.AsSpan(empty * dimension, dimension);
            var source = centroids.AsSpan(donor * dimension, dimension);
            for (var j = 0; j < dimension; j++)
            {
                var value = source[j];
                var away = j % 2 == 0 ? Apart : -Apart;
                (target[j], source[j]) = (value * (1 + away), value * (1 - away));
            }

            sizes[empty] = sizes[donor] / 2;
            sizes[donor] -= sizes[empty];
            filled++;
        }

        return filled;
    }

    /// <summary>A cluster of two points or more; null where there is none.</summary>
    private static int? Draw(int[] sizes, SeededRandom random)
    {
        var total = 0L;
        foreach (var size in sizes)
            total += Math.Max(0, size - 1);
        if (total == 0)
            return null;
        var place = (long)(random.NextDouble() * total);
        for (var k = 0; ; k++)
        {
            place -= Math.Max(0, sizes[k] - 1);
            if (place < 0)
                return k;
        }
    }
}
