namespace Cde.Workbench.Training.BatchSamplers;

/// <summary>
/// The part of the batches that one of several processes takes. Where they share negatives, a batch is cut into W slices and all processes go through the same
/// batches; where not, each takes whole batches, every W-th one.
/// </summary>
public sealed record BatchSlice
{
    /// <summary>A slice.</summary>
    /// <param name="rank">This process, from 0.</param>
    /// <param name="processes">W.</param>
    /// <param name="sharesNegatives">Whether the processes' documents are negatives for each other.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rank"/> is not below <paramref name="processes"/>.</exception>
    public BatchSlice(int rank, int processes, bool sharesNegatives = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, processes);
        (Rank, Processes, SharesNegatives) = (rank, processes, sharesNegatives);
    }

    /// <summary>This process, from 0.</summary>
    public int Rank { get; }

    /// <summary>W.</summary>
    public int Processes { get; }

    /// <summary>Whether the processes' documents are negatives for each other.</summary>
    public bool SharesNegatives { get; }

    /// <summary>Steps of an epoch, the same for every process: those after the last whole round are left out.</summary>
    public long Steps(EpochBatches plan) => SharesNegatives ? plan.Count : plan.Count / Processes;

    /// <summary>This process' rows of a step.</summary>
    /// <param name="plan">The epoch's batches.</param>
    /// <param name="step">From 0 to <see cref="Steps"/> - 1.</param>
    /// <returns>
    /// With shared negatives a W-th of the batch: the first slices have one row more where it does not divide. Put together in the order of the ranks, the slices are
    /// the batch.
    /// </returns>
    /// <exception cref="CdeException">The batch has fewer rows than there are processes.</exception>
    public long[] Rows(EpochBatches plan, long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(step, Steps(plan));
        if (!SharesNegatives)
            return plan[(step * Processes) + Rank];
        var batch = plan[step];
        if (batch.Length < Processes)
            throw new CdeException($"batches: {batch.Length} rows cannot be shared by {Processes} processes; start fewer, or raise the smallest batch to {Processes}");
        var (each, more) = (batch.Length / Processes, batch.Length % Processes);
        var start = (each * Rank) + Math.Min(Rank, more);
        return batch[start..(start + each + (Rank < more ? 1 : 0))];
    }
}
