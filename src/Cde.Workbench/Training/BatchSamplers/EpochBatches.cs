namespace Cde.Workbench.Training.BatchSamplers;

/// <summary>
/// The batches of one epoch, in a random order, each computed when it is asked for: a resumed run asks for the next step's batch and nothing else.
/// </summary>
public sealed class EpochBatches
{
    private readonly IReadOnlyList<IBatchCut> _cuts;
    private readonly long[] _starts;
    private readonly Permutation? _order;
    private readonly BatchSamplerOptions _options;
    private readonly long _epoch;

    internal EpochBatches(IReadOnlyList<RowRun> runs, BatchSamplerOptions options, long epoch)
    {
        (_options, _epoch) = (options, epoch);
        _cuts = [.. runs.Select<RowRun, IBatchCut>(run => options.Distinct is null && options.TokenBudget == 0 ? new EvenCut(run, options) : new FilledCut(run, options))];
        _starts = new long[_cuts.Count + 1];
        for (var i = 0; i < _cuts.Count; i++)
            _starts[i + 1] = _starts[i] + _cuts[i].Count;
        _order = Count > 0 ? new Permutation(Count, options.Seed, (long)BatchDraw.Batches, epoch) : null;
    }

    /// <summary>Batches in the epoch.</summary>
    public long Count => _starts[^1];

    /// <summary>The rows of a batch.</summary>
    /// <param name="batch">From 0 to <see cref="Count"/> - 1.</param>
    public long[] this[long batch]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(batch);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(batch, Count);
            var place = _order![batch];
            var cut = RowRun.Find(_starts, place);
            var rows = _cuts[cut].Batch(place - _starts[cut]);
            SeededRandom.For(_options.Seed, (long)BatchDraw.InsideBatch, _epoch, place).Shuffle<long>(rows);
            return rows;
        }
    }

    /// <summary>The batches in order.</summary>
    public IEnumerable<long[]> Batches()
    {
        for (var batch = 0L; batch < Count; batch++)
            yield return this[batch];
    }
}
