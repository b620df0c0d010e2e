namespace Cde.Workbench.Clustering;

/// <summary>What one point adds to the quality of a map.</summary>
/// <param name="Trustworthiness">1 less the scaled ranks of strangers on the map.</param>
/// <param name="Continuity">1 less the scaled ranks of neighbours torn away.</param>
/// <param name="Overlap">The share of neighbours kept.</param>
internal readonly record struct PointRanks(double Trustworthiness, double Continuity, double Overlap);

/// <summary>Ranks of points by their distance from one of them, in the original space and on the map.</summary>
internal sealed class MapRanks(IPoints points, double[] x, double[] y, int neighbours)
{
    private const int Together = 64; // points looked at in one pass over all
    private const int BlockRows = 1024;

    private readonly int _n = points.Count;
    private readonly int _d = points.Dimension;

    /// <summary>What each of some points adds.</summary>
    public PointRanks[] Of(int[] rows, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        var found = new PointRanks[rows.Length];
        var distances = new double[Math.Min(Together, rows.Length)][];
        for (var i = 0; i < distances.Length; i++)
            distances[i] = new double[_n];
        for (var first = 0; first < rows.Length; first += Together)
        {
            var batch = rows.AsMemory(first, Math.Min(Together, rows.Length - first));
            Measure(batch, distances, cancellationToken);
            var start = first;
            Parallel.For(0, batch.Length, new ParallelOptions { CancellationToken = cancellationToken }, i => found[start + i] = Rank(batch.Span[i], distances[i]));
            progress?.Report(new WorkProgress("judging the map", first + batch.Length, rows.Length, "points"));
        }

        return found;
    }

    /// <summary>Squared distances in the original space from some points to all; infinity to themselves.</summary>
    private void Measure(ReadOnlyMemory<int> batch, double[][] distances, CancellationToken cancellationToken)
    {
        var from = new float[batch.Length * _d];
        for (var i = 0; i < batch.Length; i++)
            points.Read(batch.Span[i], from.AsSpan(i * _d, _d));
        var block = new float[Math.Min(BlockRows, _n) * _d];
        for (var start = 0; start < _n; start += BlockRows)
        {
            var (first, count) = (start, Math.Min(BlockRows, _n - start));
            points.Read(first, block.AsSpan(0, count * _d));
            Parallel.For(0, batch.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
            {
                for (var j = 0; j < count; j++)
                    distances[i][first + j] = ExactDistance.Squared(from.AsSpan(i * _d, _d), block.AsSpan(j * _d, _d));
            });
        }

        for (var i = 0; i < batch.Length; i++)
            distances[i][batch.Span[i]] = double.PositiveInfinity;
    }

    private PointRanks Rank(int row, double[] original)
    {
        var onMap = new double[_n];
        for (var j = 0; j < _n; j++)
            onMap[j] = ((x[j] - x[row]) * (x[j] - x[row])) + ((y[j] - y[row]) * (y[j] - y[row]));
        onMap[row] = double.PositiveInfinity;
        var (near, nearOnMap) = (Nearest(original), Nearest(onMap));
        var scale = 2.0 / (neighbours * ((2.0 * _n) - (3.0 * neighbours) - 1));
        var kept = near.Intersect(nearOnMap).Count();
        return new PointRanks(1 - (scale * Beyond(nearOnMap, near, original)), 1 - (scale * Beyond(near, nearOnMap, onMap)), (double)kept / neighbours);
    }

    /// <summary>The sum of ranks less k over those that are among the k nearest here and not there.</summary>
    private long Beyond(int[] here, int[] there, double[] distances)
    {
        var sum = 0L;
        foreach (var row in here.Except(there))
        {
            var (own, rank) = (distances[row], 1);
            for (var j = 0; j < distances.Length; j++)
                rank += distances[j] < own || (distances[j] == own && j < row) ? 1 : 0;
            sum += rank - neighbours;
        }

        return sum;
    }

    private int[] Nearest(double[] distances)
    {
        var (nearest, filled) = (new int[neighbours], 0);
        for (var j = 0; j < distances.Length; j++)
        {
            if (filled == neighbours && distances[j] >= distances[nearest[^1]])
                continue;
            var place = filled < neighbours ? filled++ : neighbours - 1;
            for (; place > 0 && distances[nearest[place - 1]] > distances[j]; place--)
                nearest[place] = nearest[place - 1];
            nearest[place] = j;
        }

        return nearest;
    }
}
