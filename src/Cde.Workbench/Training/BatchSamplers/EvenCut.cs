namespace Cde.Workbench.Training.BatchSamplers;

/// <summary>A run cut every B rows. It holds nothing in memory.</summary>
internal sealed class EvenCut(RowRun run, BatchSamplerOptions options) : IBatchCut
{
    public long Count { get; } = (run.Count / options.BatchSize) + (run.Count % options.BatchSize >= Math.Max(1, options.Smallest) ? 1 : 0);

    public long[] Batch(long batch)
    {
        var start = batch * options.BatchSize;
        var rows = new long[Math.Min(options.BatchSize, run.Count - start)];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = run.Row(start + i);
        return rows;
    }
}
