namespace Cde.Workbench.Training.BatchSamplers;

/// <summary>
/// A run cut into batches that are filled row by row: up to a budget of tokens, and, where texts are to be distinct, so that none occurs twice in a batch: a row
/// that shares a text with one before it waits, and goes first into the next batch that it fits in. Two rows of one document would be false negatives of each other. Memory is 8 bytes a row of the run.
/// </summary>
internal sealed class FilledCut : IBatchCut
{
    private readonly List<long[]> _batches = [];

    public FilledCut(RowRun run, BatchSamplerOptions options)
    {
        var waiting = new List<long>();
        var fill = new BatchFill(options);
        var next = 0L;
        while (next < run.Count || waiting.Count > 0)
        {
            // Those who wait, in their order; the ones that still do not fit stay.
            var stay = 0;
            for (var i = 0; i < waiting.Count; i++)
            {
                if (!fill.HasRoom(waiting[i]) || !fill.TryAdd(waiting[i]))
                    waiting[stay++] = waiting[i];
            }

            waiting.RemoveRange(stay, waiting.Count - stay);
            for (; next < run.Count && run.Row(next) is var row && fill.HasRoom(row); next++)
            {
                if (!fill.TryAdd(row))
                    waiting.Add(row);
            }

            if (fill.Count >= options.Smallest)
                _batches.Add(fill.ToArray());
            fill.Clear();
        }
    }

    public long Count => _batches.Count;

    public long[] Batch(long batch) => [.. _batches[(int)batch]];
}
