using Cde.Workbench.Clustering;

namespace Cde.Workbench.Training.BatchSamplers;

/// <summary>Batches of rows of one domain: its members are negatives of one kind of text. Inside a domain the order is random, anew in each epoch.</summary>
/// <param name="domains">Which domain each row is of.</param>
/// <param name="options">How rows are cut into batches.</param>
public sealed class DomainBatchSampler(ClusterAssignment domains, BatchSamplerOptions options) : BatchSampler(options)
{
    /// <summary>The name that commands and configurations use.</summary>
    public const string SamplerName = "domain";

    /// <inheritdoc/>
    public override string Name => SamplerName;

    /// <inheritdoc/>
    public override long Rows => domains.Count;

    private protected override IReadOnlyList<RowRun> Runs(long epoch) =>
    [
        .. Enumerable.Range(0, domains.Clusters).Where(domain => domains.Sizes[domain] > 0)
            .Select(domain => ShuffledRows.Of(domains.Members(domain), Seed(BatchDraw.Rows, epoch, domain))),
    ];
}
