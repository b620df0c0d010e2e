using Cde.Workbench.Embedding;
using Cde.Workbench.Search;

namespace Cde.Workbench.Clustering;

/// <summary>Describes clusters, however they were found: two passes over the points, memory O(K d + N).</summary>
public static class ClusterProfiles
{
    /// <summary>A profile of every cluster, in the order of their numbers.</summary>
    /// <param name="matrix">The points.</param>
    /// <param name="assignment">Their clusters.</param>
    /// <param name="metric">How far two points are.</param>
    /// <param name="members">Representatives and outliers of each cluster.</param>
    /// <param name="nearest">Nearest clusters of each.</param>
    /// <param name="cancellationToken">Stops between clusters.</param>
    /// <exception cref="CdeException">The counts differ.</exception>
    public static IReadOnlyList<ClusterProfile> Of(
        EmbeddingMatrix matrix, ClusterAssignment assignment, ClusterMetric metric = ClusterMetric.Cosine, int members = 3, int nearest = 3,
        CancellationToken cancellationToken = default)
    {
        if (matrix.Count != assignment.Count)
            throw new CdeException($"{matrix.Count} vectors, but {assignment.Count} cluster labels; take the labels of these vectors");
        var isCosine = metric == ClusterMetric.Cosine;
        var centres = Centres(matrix, assignment, isCosine);
        var profiles = new ClusterProfile[assignment.Clusters];
        Parallel.For(0, profiles.Length, new ParallelOptions { CancellationToken = cancellationToken }, k =>
        {
            var row = new float[matrix.Dimension];
            var found = assignment.Members(k).Select(point => new ClusterMember(point, Distance(Row(matrix, point, isCosine, row), centres[k], isCosine)))
                .OrderBy(member => member.Distance).ThenBy(member => member.Row).ToList();
            var others = Enumerable.Range(0, profiles.Length).Where(other => other != k && assignment.Sizes[other] > 0 && assignment.Sizes[k] > 0)
                .Select(other => new NearCluster(other, Distance(centres[k], centres[other], isCosine))).OrderBy(other => other.Distance).ThenBy(other => other.Cluster);
            profiles[k] = new ClusterProfile(
                k, found.Count, found.Count == 0 ? double.NaN : found.Average(member => member.Distance), [.. found.Take(members)],
                [.. Enumerable.Reverse(found).Take(Math.Min(members, Math.Max(0, found.Count - members)))], [.. others.Take(nearest)]);
        });
        return profiles;
    }

    private static float[][] Centres(EmbeddingMatrix matrix, ClusterAssignment assignment, bool isCosine)
    {
        var sums = new double[assignment.Clusters][];
        for (var k = 0; k < sums.Length; k++)
            sums[k] = new double[matrix.Dimension];
        var row = new float[matrix.Dimension];
        for (var point = 0; point < matrix.Count; point++)
        {
            if (assignment.Labels[point] < 0)
                continue;
            var (sum, vector) = (sums[assignment.Labels[point]], Row(matrix, point, isCosine, row));
            for (var j = 0; j < sum.Length; j++)
                sum[j] += vector[j];
        }

        return [.. sums.Select((sum, k) =>
        {
            var centre = sum.Select(value => (float)(value / Math.Max(1, assignment.Sizes[k]))).ToArray();
            if (isCosine)
                UnitPoints.Normalize(centre);
            return centre;
        })];
    }

    private static float[] Row(EmbeddingMatrix matrix, int point, bool isCosine, float[] target)
    {
        matrix[point].CopyTo(target);
        if (isCosine)
            UnitPoints.Normalize(target);
        return target;
    }

    private static double Distance(float[] a, float[] b, bool isCosine) => isCosine ? 1 - ExactDot.Of(a, b) : Math.Sqrt(ExactDistance.Squared(a, b));
}
