using Cde.Workbench.Clustering;
using Cde.Workbench.Embedding;

namespace Cde.Workbench.Contexts;

/// <summary>What samplers look at beside the number of documents.</summary>
public sealed record SamplerInputs
{
    /// <summary>A vector for each document.</summary>
    public EmbeddingMatrix? Documents { get; init; }

    /// <summary>Vectors of the queries, by the same model.</summary>
    public EmbeddingMatrix? Queries { get; init; }

    /// <summary>The cluster, or the value of a metadata field, of each document.</summary>
    public ClusterAssignment? Strata { get; init; }
}

/// <summary>The samplers by name.</summary>
public static class MinicorpusSamplers
{
    /// <summary>Every sampler's name.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        RandomSampler.SamplerName, StratifiedSampler.SamplerName, CoverageSampler.SamplerName, FarthestPointSampler.SamplerName, NearestToQueriesSampler.SamplerName,
        RandomStringsSampler.SamplerName,
    ];

    /// <summary>Whether a sampler looks at the documents' vectors, or at clusters made of them.</summary>
    public static bool NeedsVectors(string name) => name is StratifiedSampler.SamplerName or CoverageSampler.SamplerName or FarthestPointSampler.SamplerName or NearestToQueriesSampler.SamplerName;

    /// <summary>The sampler of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="inputs">What it looks at; null where it needs no more than a corpus.</param>
    /// <param name="cancellationToken">Stops its choice.</param>
    /// <exception cref="CdeException">There is none; the nearest names are offered. Or what it looks at is not given.</exception>
    public static IMinicorpusSampler Get(string name, SamplerInputs? inputs = null, CancellationToken cancellationToken = default)
    {
        return name switch
        {
            RandomSampler.SamplerName => new RandomSampler(),
            RandomStringsSampler.SamplerName => new RandomStringsSampler(),
            StratifiedSampler.SamplerName => new StratifiedSampler(inputs?.Strata ?? throw Missing("clusters of the documents")),
            CoverageSampler.SamplerName => new CoverageSampler(inputs?.Documents ?? throw Missing("vectors of the documents"), cancellationToken),
            FarthestPointSampler.SamplerName => new FarthestPointSampler(inputs?.Documents ?? throw Missing("vectors of the documents"), cancellationToken),
            NearestToQueriesSampler.SamplerName => new NearestToQueriesSampler(
                inputs?.Documents ?? throw Missing("vectors of the documents"), inputs.Queries ?? throw Missing("vectors of queries"), cancellationToken),
            _ => throw new CdeException($"there is no sampler \"{name}\"; {NearestNames.Suggest(name, Names)}"),
        };

        CdeException Missing(string what) => new($"sampler {name} needs {what}; give them, or take the sampler {RandomSampler.SamplerName}");
    }
}
