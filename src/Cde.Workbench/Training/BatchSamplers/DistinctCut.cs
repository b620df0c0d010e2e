namespace Cde.Workbench.Training.BatchSamplers;

/// <summary>
/// A run cut into batches in which no text occurs twice: a row that shares a text with one before it waits, and goes first into the next batch that it fits
/// in. Two rows of one document would be false negatives of each other. Memory is 8 bytes a row of the run.
/// </summary>
internal sealed class DistinctCut : IBatchCut
{
    private readonly List<long[]> _batches = [];

    public DistinctCut(RowRun run, BatchSamplerOptions options, RowTexts texts)
    {
        var waiting = new List<long>();
        var (batch, used) = (new List<long>(options.BatchSize), new HashSet<ulong>());
        var next = 0L;
        while (next < run.Count || waiting.Count > 0)
        {
            // Those who wait, in their order; the ones that still do not fit stay.
            var stay = 0;
            for (var i = 0; i < waiting.Count; i++)
            {
                if (batch.Count == options.BatchSize || !texts.TryAdd(waiting[i], used))
                    waiting[stay++] = waiting[i];
                else
                    batch.Add(waiting[i]);
            }

            waiting.RemoveRange(stay, waiting.Count - stay);
            for (; next < run.Count && batch.Count < options.BatchSize; next++)
            {
                var row = run.Row(next);
                if (texts.TryAdd(row, used))
                    batch.Add(row);
                else
                    waiting.Add(row);
            }

            if (batch.Count >= options.Smallest)
                _batches.Add([.. batch]);
            batch.Clear();
            used.Clear();
        }
    }

    public long Count => _batches.Count;

    public long[] Batch(long batch) => [.. _batches[(int)batch]];
}
