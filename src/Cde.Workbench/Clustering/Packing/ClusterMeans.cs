using Cde.Workbench.Embedding;

namespace Cde.Workbench.Clustering;

/// <summary>The mean of each cluster's points.</summary>
internal static class ClusterMeans
{
    /// <summary>(K, d), summed in double in the order of the rows; zero for a cluster without points.</summary>
    public static float[] Of(EmbeddingMatrix points, ClusterAssignment clusters)
    {
        var dimension = points.Dimension;
        var sums = new double[checked(clusters.Clusters * dimension)];
        for (var row = 0; row < points.Count; row++)
        {
            if (clusters.Labels[row] < 0)
                continue;
            var sum = sums.AsSpan(clusters.Labels[row] * dimension, dimension);
            var vector = points[row];
            for (var j = 0; j < dimension; j++)
                sum[j] += vector[j];
        }

        var means = new float[sums.Length];
        for (var i = 0; i < means.Length; i++)
            means[i] = (float)(sums[i] / Math.Max(1, clusters.Sizes[i / dimension]));
        return means;
    }
}
