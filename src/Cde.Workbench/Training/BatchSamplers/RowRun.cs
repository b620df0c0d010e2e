namespace Cde.Workbench.Training.BatchSamplers;

/// <summary>Rows in an order of which any place is computed alone: a stretch of data that batches are cut from.</summary>
/// <param name="Count">How many rows.</param>
/// <param name="Row">The row at a place.</param>
internal sealed record RowRun(long Count, Func<long, long> Row)
{
    /// <summary>Several runs one after the other.</summary>
    public static RowRun Join(IReadOnlyList<RowRun> runs)
    {
        if (runs.Count == 1)
            return runs[0];
        var starts = new long[runs.Count + 1];
        for (var i = 0; i < runs.Count; i++)
            starts[i + 1] = starts[i] + runs[i].Count;
        return new RowRun(starts[^1], place =>
        {
            var run = Find(starts, place);
            return runs[run].Row(place - starts[run]);
        });
    }

    /// <summary>The last index whose start is not above a place; <paramref name="starts"/> ascend from 0 and end with the total.</summary>
    public static int Find(long[] starts, long place)
    {
        var found = Array.BinarySearch(starts, place);
        if (found < 0)
            return ~found - 1;
        while (starts[found + 1] == place) // runs without rows
            found++;
        return found;
    }
}
