using System.Runtime.Intrinsics;
using Cde.Workbench.Search;
using static TorchSharp.torch;

namespace Cde.Workbench.Clustering;

/// <summary>
/// The sum of each cluster's points, in double and in the order of the rows. Threads share the columns, not the rows: the bits do not depend
/// on how many there are.
/// </summary>
internal sealed class ClusterSums(int clusters, int dimension)
{
    private const int FewNumbers = 1 << 18; // below it, one thread is done before a second has begun

    private readonly double[] _sums = new double[checked((long)clusters * dimension)];
    private readonly int[] _counts = new int[clusters];

    /// <summary>Points in each cluster.</summary>
    public ReadOnlySpan<int> Counts => _counts;

    /// <summary>The sum of a cluster's points.</summary>
    public ReadOnlySpan<double> Of(int cluster) => _sums.AsSpan(cluster * dimension, dimension);

    /// <summary>Back to no points.</summary>
    public void Clear()
    {
        Array.Clear(_sums);
        Array.Clear(_counts);
    }

    /// <summary>Adds rows, (rows, d), to the clusters of their labels.</summary>
    public unsafe void Add(ReadOnlySpan<float> rows, ReadOnlySpan<int> labels)
    {
        foreach (var label in labels)
            _counts[label]++;
        var count = labels.Length;
        fixed (float* values = rows)
        fixed (int* into = labels)
        {
            var (from, to) = ((nint)values, (nint)into);
            var parts = rows.Length < FewNumbers ? 1 : Math.Min(get_num_threads(), Math.Max(1, dimension / 16));
            if (parts == 1)
                AddColumns(from, to, count, 0, dimension);
            else
                Parallel.For(0, parts, part => AddColumns(from, to, count, (int)((long)dimension * part / parts), (int)((long)dimension * (part + 1) / parts)));
        }
    }

    /// <summary>Sum over clusters of (sum of points) . centroid: the sum over points of their product with their own centroid.</summary>
    public double DotWith(float[] centroids)
    {
        var total = 0.0;
        for (var k = 0; k < clusters; k++)
        {
            var sum = 0.0;
            for (var j = 0; j < dimension; j++)
                sum += _sums[(k * dimension) + j] * centroids[(k * dimension) + j];
            total += sum;
        }

        return total;
    }

    /// <summary>Sum over clusters of size times squared norm of the centroid.</summary>
    public double WeightedSquares(float[] centroids)
    {
        var total = 0.0;
        for (var k = 0; k < clusters; k++)
        {
            var centroid = centroids.AsSpan(k * dimension, dimension);
            total += _counts[k] * ExactDot.Of(centroid, centroid);
        }

        return total;
    }

    private unsafe void AddColumns(nint rows, nint labels, int count, int from, int to)
    {
        var values = (float*)rows;
        var into = (int*)labels;
        fixed (double* sums = _sums)
        {
            for (var i = 0; i < count; i++)
            {
                var row = values + ((long)i * dimension);
                var sum = sums + ((long)into[i] * dimension);
                var j = from;
                for (; j <= to - 4; j += 4)
                {
                    var wide = Vector256.WidenLower(Vector128.Load(row + j).ToVector256Unsafe());
                    (Vector256.Load(sum + j) + wide).Store(sum + j);
                }

                for (; j < to; j++)
                    sum[j] += row[j];
            }
        }
    }
}
