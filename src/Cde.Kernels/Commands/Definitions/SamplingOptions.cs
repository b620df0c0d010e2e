using Cde.Workbench.Contexts;

namespace Cde.Kernels.Commands;

/// <summary>What commands take that sample a minicorpus.</summary>
public record SamplingOptions : ModelOptions
{
    /// <summary>The sampler.</summary>
    [Option("How documents are chosen", Completes = Completes.Samplers)]
    public string Sampler { get; init; } = RandomSampler.SamplerName;

    /// <summary>Clusters.</summary>
    [Option("With --sampler stratified: clusters that documents are drawn from", Min = 1, Max = 4096)]
    public int Strata { get; init; } = 16;

    /// <summary>A field.</summary>
    [Option("With --sampler stratified: draw from the values of this field of the documents (another column, another JSON field) in place of clusters", ValueName = "NAME")]
    public string? StrataField { get; init; }
}
