namespace Cde.Workbench.Contexts;

/// <summary>The samplers by name.</summary>
public static class MinicorpusSamplers
{
    /// <summary>Every sampler that needs no more than a corpus.</summary>
    public static IReadOnlyList<IMinicorpusSampler> All { get; } = [new RandomSampler(), new RandomStringsSampler()];

    /// <summary>The sampler of a name.</summary>
    /// <exception cref="CdeException">There is none; the nearest names are offered.</exception>
    public static IMinicorpusSampler Get(string name) => All.FirstOrDefault(sampler => sampler.Name == name)
        ?? throw new CdeException($"there is no sampler \"{name}\"; {NearestNames.Suggest(name, All.Select(sampler => sampler.Name))}");
}
