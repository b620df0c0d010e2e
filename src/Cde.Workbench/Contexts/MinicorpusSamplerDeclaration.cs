namespace Cde.Workbench.Contexts;

/// <summary>A sampler as the list of samplers has it: its name, and how it is made of what it looks at.</summary>
/// <param name="Name">The name that commands take and contexts record; equal to that of the samplers made.</param>
/// <param name="Make">Makes the sampler. The inputs are empty but for what <see cref="NeedsVectors"/> asks for; the token stops its choice.</param>
public sealed record MinicorpusSamplerDeclaration(string Name, Func<SamplerInputs, CancellationToken, IMinicorpusSampler> Make)
{
    /// <summary>Whether it looks at a vector for each document, which commands then make.</summary>
    /// <value>False by default.</value>
    public bool NeedsVectors { get; init; }
}
