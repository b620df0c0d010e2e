namespace Cde.Workbench.Clustering;

/// <summary>A symmetric graph with weights, in compressed rows whose columns ascend.</summary>
/// <param name="Starts">N + 1: where each row begins.</param>
/// <param name="Columns">The other end of each edge.</param>
/// <param name="Weights">Of each edge.</param>
internal sealed record SparseGraph(int[] Starts, int[] Columns, float[] Weights)
{
    /// <summary>N.</summary>
    public int Count => Starts.Length - 1;

    /// <summary>Joins the weight of each edge with that of its reverse, 0 where there is none.</summary>
    /// <param name="neighbours">The edges.</param>
    /// <param name="weights">(N, k): the weight of each, in the order of the neighbours.</param>
    /// <param name="join">Of the weight and its reverse; symmetric.</param>
    public static SparseGraph Of(NeighbourGraph neighbours, float[] weights, Func<float, float, float> join)
    {
        var (n, k) = (neighbours.Count, neighbours.Neighbours);
        var (rows, sorted) = (new int[n * k], new float[n * k]);
        for (var i = 0; i < n; i++)
        {
            neighbours.Of(i).CopyTo(rows.AsSpan(i * k));
            weights.AsSpan(i * k, k).CopyTo(sorted.AsSpan(i * k));
            rows.AsSpan(i * k, k).Sort(sorted.AsSpan(i * k, k));
        }

        var (reverseStarts, reverse, reverseWeights) = Transposed(rows, sorted, n, k);
        var starts = new int[n + 1];
        for (var i = 0; i < n; i++)
            starts[i + 1] = checked(starts[i] + Merge(i, (_, _) => { }));
        var (columns, joined) = (new int[starts[n]], new float[starts[n]]);
        var filled = 0;
        for (var i = 0; i < n; i++)
            Merge(i, (column, weight) => (columns[filled], joined[filled++]) = (column, weight));
        return new SparseGraph(starts, columns, joined);

        // Walks a row and a row of the transposed graph together.
        int Merge(int row, Action<int, float> take)
        {
            var (a, endA, b, endB) = (row * k, (row + 1) * k, reverseStarts[row], reverseStarts[row + 1]);
            var count = 0;
            for (; a < endA || b < endB; count++)
            {
                var (left, right) = (a < endA ? rows[a] : int.MaxValue, b < endB ? reverse[b] : int.MaxValue);
                var forward = left <= right ? sorted[a++] : 0;
                var backward = right <= left ? reverseWeights[b++] : 0;
                take(Math.Min(left, right), join(forward, backward));
            }

            return count;
        }
    }

    /// <summary>Whether every point can be reached from the first.</summary>
    public bool IsConnected()
    {
        var seen = new bool[Count];
        var waiting = new Stack<int>([0]);
        var reached = 0;
        seen[0] = true;
        while (waiting.TryPop(out var row))
        {
            reached++;
            for (var edge = Starts[row]; edge < Starts[row + 1]; edge++)
            {
                if (Weights[edge] > 0 && !seen[Columns[edge]])
                {
                    seen[Columns[edge]] = true;
                    waiting.Push(Columns[edge]);
                }
            }
        }

        return reached == Count;
    }

    private static (int[] Starts, int[] Columns, float[] Weights) Transposed(int[] rows, float[] weights, int n, int k)
    {
        var starts = new int[n + 1];
        foreach (var row in rows)
            starts[row + 1]++;
        for (var i = 0; i < n; i++)
            starts[i + 1] += starts[i];
        var next = starts.AsSpan(0, n).ToArray();
        var (columns, values) = (new int[rows.Length], new float[rows.Length]);
        for (var i = 0; i < rows.Length; i++)
        {
            var place = next[rows[i]]++;
            (columns[place], values[place]) = (i / k, weights[i]);
        }

        return (starts, columns, values);
    }
}
