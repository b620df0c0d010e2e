namespace Cde.Workbench.Training.BatchSamplers;

/// <summary>The rows of a group in an order of the epoch.</summary>
internal static class ShuffledRows
{
    /// <summary>At least one row, shuffled without another copy of them.</summary>
    public static RowRun Of(IReadOnlyList<int> rows, long[] seed)
    {
        var order = new Permutation(rows.Count, seed);
        return new RowRun(rows.Count, place => rows[(int)order[place]]);
    }
}
