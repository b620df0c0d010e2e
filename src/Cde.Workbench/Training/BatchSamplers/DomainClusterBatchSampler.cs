using Cde.Workbench.Clustering;

namespace Cde.Workbench.Training.BatchSamplers;

/// <summary>Batches as <see cref="ClusterBatchSampler"/> makes them, in each domain alone: the batches of the published contextual models.</summary>
public sealed class DomainClusterBatchSampler : BatchSampler
{
    /// <summary>The name that commands and configurations use.</summary>
    public const string SamplerName = "cluster-within-domain";

    private readonly ClusterPacker _packer;
    private readonly int[][] _clusters; // of each domain, with what is in none of them last
    private readonly Dictionary<(int Domain, int Cluster), int[]> _rows = [];

    /// <summary>A sampler; where a cluster has rows of several domains, each domain takes its own.</summary>
    /// <param name="domains">Which domain each row is of.</param>
    /// <param name="packer">The clusters and their order.</param>
    /// <param name="options">How rows are cut into batches.</param>
    /// <exception cref="CdeException">Domains and clusters are of different numbers of rows.</exception>
    public DomainClusterBatchSampler(ClusterAssignment domains, ClusterPacker packer, BatchSamplerOptions options)
        : base(options)
    {
        if (domains.Count != packer.Clusters.Count)
            throw new CdeException($"batches: domains of {domains.Count} rows, clusters of {packer.Clusters.Count}; cluster the rows of these domains");
        _packer = packer;
        Rows = domains.Count;
        var labels = packer.Clusters.Labels;
        foreach (var group in Enumerable.Range(0, domains.Count).GroupBy(row => (Domain: domains.Labels[row], Cluster: labels[row])))
            _rows.Add(group.Key, [.. group]);
        _clusters = [.. _rows.Keys.GroupBy(key => key.Domain, key => key.Cluster).OrderBy(group => group.Key).Select(group => group.Order().ToArray())];
        Domains = [.. _rows.Keys.Select(key => key.Domain).Distinct().Order()];
    }

    /// <inheritdoc/>
    public override string Name => SamplerName;

    /// <inheritdoc/>
    public override long Rows { get; }

    /// <summary>The domains that have rows.</summary>
    public IReadOnlyList<int> Domains { get; }

    private protected override IReadOnlyList<RowRun> Runs(long epoch) =>
    [
        .. _clusters.Select((clusters, i) =>
        {
            var order = _packer.Order([.. clusters.Where(cluster => cluster >= 0)], Seed(BatchDraw.Clusters, epoch, Domains[i]));
            var noise = clusters.Where(cluster => cluster < 0);
            return RowRun.Join([.. order.Concat(noise).Select(cluster => ShuffledRows.Of(_rows[(Domains[i], cluster)], [.. Seed(BatchDraw.Rows, epoch, Domains[i]), cluster]))]);
        }),
    ];
}
