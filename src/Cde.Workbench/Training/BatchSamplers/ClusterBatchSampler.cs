using Cde.Workbench.Clustering;

namespace Cde.Workbench.Training.BatchSamplers;

/// <summary>
/// Batches of rows of one cluster, or of clusters that the packer puts side by side: the rows resemble each other, so that in-batch negatives are hard
/// (Morris and Rush 2024). Rows in no cluster come last.
/// </summary>
/// <param name="packer">The clusters and their order.</param>
/// <param name="options">How rows are cut into batches.</param>
public sealed class ClusterBatchSampler(ClusterPacker packer, BatchSamplerOptions options) : BatchSampler(options)
{
    /// <summary>The name that commands and configurations use.</summary>
    public const string SamplerName = "cluster";

    /// <inheritdoc/>
    public override string Name => SamplerName;

    /// <inheritdoc/>
    public override long Rows => packer.Clusters.Count;

    private protected override IReadOnlyList<RowRun> Runs(long epoch)
    {
        var clusters = packer.Clusters;
        int[] filled = [.. Enumerable.Range(0, clusters.Clusters).Where(cluster => clusters.Sizes[cluster] > 0)];
        var runs = packer.Order(filled, Seed(BatchDraw.Clusters, epoch)).Select(cluster => ShuffledRows.Of(clusters.Members(cluster), Seed(BatchDraw.Rows, epoch, cluster))).ToList();
        if (clusters.NoiseCount > 0)
            runs.Add(ShuffledRows.Of([.. Enumerable.Range(0, clusters.Count).Where(row => clusters.Labels[row] < 0)], Seed(BatchDraw.Rows, epoch, ClusterAssignment.Noise)));
        return runs.Count == 0 ? [] : [RowRun.Join(runs)];
    }
}
