using Cde.Workbench.Clustering;

namespace Cde.Workbench.Training.BatchSamplers;

/// <summary>The samplers by name.</summary>
public static class BatchSamplerCatalog
{
    /// <summary>The names of all samplers.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [RandomBatchSampler.SamplerName, DomainBatchSampler.SamplerName, ClusterBatchSampler.SamplerName, DomainClusterBatchSampler.SamplerName, LengthBatchSampler.SamplerName];

    /// <summary>Whether a sampler needs clusters.</summary>
    public static bool NeedsClusters(string name) => name is ClusterBatchSampler.SamplerName or DomainClusterBatchSampler.SamplerName;

    /// <summary>Whether a sampler needs the tokens of every row.</summary>
    public static bool NeedsTokens(string name) => name == LengthBatchSampler.SamplerName;

    /// <summary>A sampler by name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="domains">Which domain each row is of.</param>
    /// <param name="packer">The clusters of the rows and their order; null where the sampler needs none.</param>
    /// <param name="options">How rows are cut into batches.</param>
    /// <exception cref="CdeException">There is no such sampler, or it needs clusters and there are none.</exception>
    public static BatchSampler Create(string name, ClusterAssignment domains, ClusterPacker? packer, BatchSamplerOptions options) => name switch
    {
        RandomBatchSampler.SamplerName => new RandomBatchSampler(domains.Count, options),
        DomainBatchSampler.SamplerName => new DomainBatchSampler(domains, options),
        LengthBatchSampler.SamplerName => new LengthBatchSampler(domains, options),
        ClusterBatchSampler.SamplerName when packer is not null => new ClusterBatchSampler(packer, options),
        DomainClusterBatchSampler.SamplerName when packer is not null => new DomainClusterBatchSampler(domains, packer, options),
        _ => throw new CdeException(NeedsClusters(name)
            ? $"batches: the sampler {name} needs clusters of the rows; cluster them first, or choose {RandomBatchSampler.SamplerName} or {DomainBatchSampler.SamplerName}"
            : $"batches: there is no sampler {name}; {NearestNames.Suggest(name, Names)}"),
    };
}
