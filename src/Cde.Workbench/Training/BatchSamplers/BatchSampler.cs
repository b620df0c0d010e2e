namespace Cde.Workbench.Training.BatchSamplers;

/// <summary>Which rows of the training data make a batch together. A sampler is a pure function of its data, its options and the epoch.</summary>
public abstract class BatchSampler
{
    private protected BatchSampler(BatchSamplerOptions options)
    {
        options.Validate();
        Options = options;
    }

    /// <summary>The name that commands and configurations use.</summary>
    public abstract string Name { get; }

    /// <summary>How rows are cut into batches.</summary>
    public BatchSamplerOptions Options { get; }

    /// <summary>N: rows of the data.</summary>
    public abstract long Rows { get; }

    /// <summary>The batches of an epoch.</summary>
    /// <param name="epoch">From 0. Each has another order.</param>
    /// <exception cref="CdeException">The data do not fill a batch.</exception>
    public EpochBatches Epoch(long epoch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        if (Options.Distinct is { } texts && texts.Count != Rows)
            throw new CdeException($"batches: the texts of {texts.Count} rows are given for data of {Rows}; give them for each row");
        if (Options is { TokenBudget: > 0, RowTokens: { } tokens } && tokens.Count != Rows)
            throw new CdeException($"batches: the tokens of {tokens.Count} rows are given for data of {Rows}; give them for each row");
        var runs = Runs(epoch);
        var plan = new EpochBatches(Options.MixesDomains ? [RowRun.Join(runs)] : runs, Options, epoch);
        return plan.Count > 0
            ? plan
            : throw new CdeException($"batches: {Rows} rows in {runs.Count} {(runs.Count == 1 ? "part" : "parts")} do not fill a batch of {Options.BatchSize}; choose a smaller one, or allow smaller batches at the end");
    }

    /// <summary>The runs of an epoch; batches do not stand across their borders unless domains are mixed.</summary>
    private protected abstract IReadOnlyList<RowRun> Runs(long epoch);

    /// <summary>A seed for one purpose in one epoch.</summary>
    private protected long[] Seed(BatchDraw purpose, long epoch, long part = 0) => [Options.Seed, (long)purpose, epoch, part];
}

/// <summary>What a seed is used for, so that no two draws of a run are the same.</summary>
internal enum BatchDraw
{
    /// <summary>The order of rows inside a domain or cluster.</summary>
    Rows = 101,

    /// <summary>The order of clusters.</summary>
    Clusters,

    /// <summary>The order of batches.</summary>
    Batches,

    /// <summary>The order inside a batch.</summary>
    InsideBatch,
}
