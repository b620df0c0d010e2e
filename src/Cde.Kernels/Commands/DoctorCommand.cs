using Cde.Kernels.Diagnosis;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;

namespace Cde.Kernels.Commands;

/// <summary>Shows what is installed and what is missing, with the way out.</summary>
public sealed class DoctorCommand : Command<CommandOptions, DoctorResult>
{
    /// <inheritdoc/>
    public override string Name => "doctor";

    /// <inheritdoc/>
    public override string Summary => "Show what is installed and what is missing";

    /// <inheritdoc/>
    public override string Description =>
        "Each line says ok, missing (something refuses to work; the line says what to type) or none (not there and not needed). Works without libtorch.";

    /// <inheritdoc/>
    public override Task<DoctorResult> RunAsync(CommandOptions options, Session session, CancellationToken cancellation) => Task.Run(
        () => new DoctorResult([.. MachineChecks.All(), .. ToolChecks.All(), .. TorchChecks.All(), .. DataChecks.All()])
        {
            Provenance = ComputeFacts.Add(new Provenance()),
        },
        cancellation);
}

/// <summary>What was found.</summary>
/// <param name="Checks">One line each.</param>
public sealed record DoctorResult(IReadOnlyList<DoctorCheck> Checks) : CommandResult
{
    /// <summary>Nothing is missing.</summary>
    public bool Ok => Checks.All(check => check.State != "missing");

    /// <inheritdoc/>
    public override View Describe() => new(
        new Table(["state", "what", "found"], [.. Checks.Select(check => (string[])[check.State, check.Name, check.Found])]),
        new Paragraph(Ok ? "Everything is there." : "Something is missing: its line says what to type."));
}
