namespace Cde.Workbench.Training.BatchSamplers;

/// <summary>Batches of rows from anywhere: the shuffle of each epoch is computed place by place and takes no memory.</summary>
/// <param name="rows">N.</param>
/// <param name="options">How rows are cut into batches.</param>
public sealed class RandomBatchSampler(long rows, BatchSamplerOptions options) : BatchSampler(options)
{
    /// <summary>The name that commands and configurations use.</summary>
    public const string SamplerName = "random";

    /// <inheritdoc/>
    public override string Name => SamplerName;

    /// <inheritdoc/>
    public override long Rows => rows;

    private protected override IReadOnlyList<RowRun> Runs(long epoch)
    {
        if (rows == 0)
            return [];
        var order = new Permutation(rows, Seed(BatchDraw.Rows, epoch));
        return [new RowRun(rows, place => order[place])];
    }
}
