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
    public override Task<DoctorResult> RunAsync(CommandOptions options, Session session, CancellationToken cancellation) =>
        Task.FromResult(new DoctorResult([]));
}

/// <summary>What was found.</summary>
/// <param name="Checks">One line each.</param>
public sealed record DoctorResult(IReadOnlyList<DoctorCheck> Checks) : CommandResult
{
    /// <inheritdoc/>
    public override View Describe() => new(new Table(["", "what", "found"], [.. Checks.Select(check => (string[])[check.State, check.Name, check.Found])]));
}

/// <summary>One thing looked for.</summary>
/// <param name="Name">What.</param>
/// <param name="State"><c>ok</c>, <c>missing</c> or <c>note</c>.</param>
/// <param name="Found">What was found, or the way out.</param>
public sealed record DoctorCheck(string Name, string State, string Found);
