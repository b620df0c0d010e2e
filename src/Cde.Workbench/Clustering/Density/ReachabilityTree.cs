namespace Cde.Workbench.Clustering;

/// <summary>An edge of a spanning tree.</summary>
internal readonly record struct TreeEdge(int From, int To, double Distance);

/// <summary>
/// The minimum spanning tree under mutual reachability: the largest of two points' core distances and their Euclidean distance (Prim 1957, over the
/// complete graph without holding it).
/// </summary>
internal static class ReachabilityTree
{
    private const int Chunk = 1024; // points a thread takes at a time

    /// <summary>
    /// N - 1 edges, by rising distance, that join the same groups at every distance as a minimum spanning tree does. An edge stands between the points that
    /// were taken one after the other: its length is the smallest from any point taken before, and those within that length lie together in this order.
    /// </summary>
    /// <param name="rows">(N, d).</param>
    /// <param name="dimension">d.</param>
    /// <param name="minSamples">Which nearest other point gives the core distance; the furthest where there are fewer.</param>
    /// <param name="progress">Told in points.</param>
    /// <param name="cancellationToken">Stops between points.</param>
    public static TreeEdge[] Build(float[] rows, int dimension, int minSamples, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        var count = rows.Length / dimension;
        var core = CoreDistances(rows, dimension, minSamples, cancellationToken);
        var nearest = new double[count]; // to the tree
        var isIn = new bool[count];
        Array.Fill(nearest, double.PositiveInfinity);
        var chunks = (count + Chunk - 1) / Chunk;
        var best = new int[chunks];
        var edges = new TreeEdge[Math.Max(0, count - 1)];
        var current = 0;
        for (var taken = 0; taken < edges.Length; taken++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            isIn[current] = true;
            var from = current;
            Parallel.For(0, chunks, chunk => best[chunk] = Approach(chunk, from));
            current = best.Where(point => point >= 0).MinBy(point => nearest[point]); // the lowest number on a tie
            edges[taken] = new TreeEdge(from, current, nearest[current]);
            if (taken % Chunk == 0)
                progress?.Report(new WorkProgress("spanning tree", taken, count, "points"));
        }

        return [.. MergeOrder.Of([.. edges.Select(edge => edge.Distance)]).Select(edge => edges[edge])];

        // Lowers the distances of a chunk's points outside the tree, and finds the nearest of them.
        int Approach(int chunk, int from)
        {
            var found = -1;
            for (var point = chunk * Chunk; point < Math.Min(count, (chunk + 1) * Chunk); point++)
            {
                if (isIn[point])
                    continue;
                var floor = Math.Max(core[from], core[point]);
                if (floor < nearest[point])
                {
                    var distance = Math.Sqrt(ExactDistance.Squared(rows.AsSpan(from * dimension, dimension), rows.AsSpan(point * dimension, dimension)));
                    nearest[point] = Math.Min(nearest[point], Math.Max(floor, distance));
                }

                if (found < 0 || nearest[point] < nearest[found])
                    found = point;
            }

            return found;
        }
    }

    /// <summary>The distance of each point to its <paramref name="minSamples"/>-th nearest other point.</summary>
    public static double[] CoreDistances(float[] rows, int dimension, int minSamples, CancellationToken cancellationToken)
    {
        var count = rows.Length / dimension;
        var kept = Math.Min(minSamples, count - 1);
        var core = new double[count];
        if (kept == 0)
            return core;
        var settings = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.For(0, count, settings, point =>
        {
            var smallest = new PriorityQueue<int, double>(kept + 1); // the largest of the smallest on top
            var row = rows.AsSpan(point * dimension, dimension);
            var bar = double.PositiveInfinity;
            for (var other = 0; other < count; other++)
            {
                if (other == point)
                    continue;
                var square = ExactDistance.Squared(row, rows.AsSpan(other * dimension, dimension));
                if (square >= bar)
                    continue;
                smallest.Enqueue(other, -square);
                if (smallest.Count > kept)
                    smallest.Dequeue();
                if (smallest.Count == kept)
                    bar = Bar(smallest);
            }

            core[point] = Math.Sqrt(Bar(smallest));
        });
        return core;
    }

    private static double Bar(PriorityQueue<int, double> smallest)
    {
        smallest.TryPeek(out _, out var negative);
        return -negative;
    }
}
