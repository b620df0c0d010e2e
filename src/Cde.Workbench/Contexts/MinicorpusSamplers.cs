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
    private static readonly Catalog<MinicorpusSamplerDeclaration> Samplers = new(
        "sampler",
        sampler => [sampler.Name],
        new(RandomSampler.SamplerName, (_, _) => new RandomSampler()),
        new(StratifiedSampler.SamplerName, (inputs, _) => new StratifiedSampler(inputs.Strata ?? throw Missing(StratifiedSampler.SamplerName, "clusters of the documents"))) { NeedsVectors = true },
        new(CoverageSampler.SamplerName, (inputs, stop) => new CoverageSampler(Vectors(CoverageSampler.SamplerName, inputs), stop)) { NeedsVectors = true },
        new(FarthestPointSampler.SamplerName, (inputs, stop) => new FarthestPointSampler(Vectors(FarthestPointSampler.SamplerName, inputs), stop)) { NeedsVectors = true },
        new(NearestToQueriesSampler.SamplerName, (inputs, stop) => new NearestToQueriesSampler(
            Vectors(NearestToQueriesSampler.SamplerName, inputs), inputs.Queries ?? throw Missing(NearestToQueriesSampler.SamplerName, "vectors of queries"), stop))
        { NeedsVectors = true },
        new(RandomStringsSampler.SamplerName, (_, _) => new RandomStringsSampler()));

    /// <summary>Every sampler's name: the program's, then those that were added.</summary>
    public static IReadOnlyList<string> Names => [.. Samplers.All.Select(sampler => sampler.Name)];

    /// <summary>Adds a sampler for as long as the process lives: commands then take its name. One added before under the same name is replaced.</summary>
    /// <exception cref="CdeException">The program itself has a sampler of that name.</exception>
    public static void Add(MinicorpusSamplerDeclaration sampler) => Samplers.Add(sampler);

    /// <summary>Whether a sampler looks at the documents' vectors, or at clusters made of them.</summary>
    public static bool NeedsVectors(string name) => Find(name)?.NeedsVectors ?? false;

    /// <summary>The sampler of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="inputs">What it looks at; null where it needs no more than a corpus.</param>
    /// <param name="cancellationToken">Stops its choice.</param>
    /// <exception cref="CdeException">There is none; the nearest names are offered. Or what it looks at is not given.</exception>
    public static IMinicorpusSampler Get(string name, SamplerInputs? inputs = null, CancellationToken cancellationToken = default) =>
        (Find(name) ?? throw new CdeException($"there is no sampler \"{name}\"; {NearestNames.Suggest(name, Names)}")).Make(inputs ?? new SamplerInputs(), cancellationToken);

    private static MinicorpusSamplerDeclaration? Find(string name) => Samplers.All.FirstOrDefault(sampler => sampler.Name == name);

    private static EmbeddingMatrix Vectors(string sampler, SamplerInputs inputs) => inputs.Documents ?? throw Missing(sampler, "vectors of the documents");

    private static CdeException Missing(string sampler, string what) => new($"sampler {sampler} needs {what}; give them, or take the sampler {RandomSampler.SamplerName}");
}
