namespace Cde.Workbench.Clustering;

/// <summary>Means of sparse rows, and how far they are from others.</summary>
internal static class SparseMeans
{
    /// <summary>(K, W): the mean of each cluster's rows, summed in double in the order of the rows.</summary>
    /// <param name="rows">(N, W).</param>
    /// <param name="clusters">The cluster of each row.</param>
    /// <param name="otherwise">(K, W): what a cluster without rows gets; null for zeros.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    public static SparseRows Of(SparseRows rows, ClusterAssignment clusters, SparseRows? otherwise, ParallelOptions parallel)
    {
        var means = new (int[] Columns, float[] Values)[clusters.Clusters];
        _ = clusters.Clusters > 0 ? clusters.Members(0) : null; // grouped once, before threads ask
        Parallel.For(0, means.Length, parallel, () => new double[rows.Width], (cluster, _, sums) =>
        {
            var members = clusters.Members(cluster);
            means[cluster] = members.Count > 0 ? Mean(rows, members, sums)
                : otherwise is null ? ([], []) : (otherwise.Columns(cluster).ToArray(), otherwise.Values(cluster).ToArray());
            return sums;
        }, _ => { });
        return SparseRows.Of(means, rows.Width);
    }

    /// <summary>The sum of the squared distances of each row from that of the same number.</summary>
    /// <param name="before">(K, W).</param>
    /// <param name="after">(K, W).</param>
    /// <param name="parallel">Threads and cancellation.</param>
    public static double Shift(SparseRows before, SparseRows after, ParallelOptions parallel)
    {
        var shifts = new double[before.Count];
        Parallel.For(0, shifts.Length, parallel, row => shifts[row] = SquaredDistance(before, after, row));
        return shifts.Sum();
    }

    private static (int[] Columns, float[] Values) Mean(SparseRows rows, IReadOnlyList<int> members, double[] sums)
    {
        var touched = new List<int>();
        foreach (var row in members)
        {
            var columns = rows.Columns(row);
            var values = rows.Values(row);
            for (var i = 0; i < columns.Length; i++)
            {
                if (sums[columns[i]] == 0)
                    touched.Add(columns[i]);
                sums[columns[i]] += values[i];
            }
        }

        touched.Sort();
        var mean = (Columns: touched.ToArray(), Values: new float[touched.Count]);
        for (var i = 0; i < touched.Count; i++)
        {
            mean.Values[i] = (float)(sums[touched[i]] / members.Count);
            sums[touched[i]] = 0;
        }

        return mean;
    }

    private static double SquaredDistance(SparseRows before, SparseRows after, int row)
    {
        var a = before.Columns(row);
        var b = after.Columns(row);
        var from = before.Values(row);
        var to = after.Values(row);
        var (i, j, sum) = (0, 0, 0.0);
        while (i < a.Length || j < b.Length)
        {
            var isOfBefore = j == b.Length || (i < a.Length && a[i] <= b[j]);
            var isOfAfter = i == a.Length || (j < b.Length && b[j] <= a[i]);
            var move = (isOfAfter ? (double)to[j++] : 0) - (isOfBefore ? (double)from[i++] : 0);
            sum += move * move;
        }

        return sum;
    }
}
