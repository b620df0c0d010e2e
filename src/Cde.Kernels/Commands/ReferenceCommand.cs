using System.Text.Json.Serialization;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;

namespace Cde.Kernels.Commands;

/// <summary>Prints the reference page of all commands: <c>./cde reference --out docs/commands.md</c>.</summary>
public sealed class ReferenceCommand : Command<CommandOptions, ReferenceResult>
{
    /// <inheritdoc/>
    public override string Name => "reference";

    /// <inheritdoc/>
    public override string Summary => "Print the command reference in Markdown";

    /// <inheritdoc/>
    public override bool IsHidden => true;

    /// <inheritdoc/>
    public override Task<ReferenceResult> RunAsync(CommandOptions options, Session session, CancellationToken cancellation) =>
        Task.FromResult(new ReferenceResult(ReferencePage.Write(CommandCatalog.All)));
}

/// <summary>The reference page.</summary>
/// <param name="Markdown">The page.</param>
public sealed record ReferenceResult(string Markdown) : CommandResult
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string? PlainText => Markdown;

    /// <inheritdoc/>
    public override View Describe() => new(new Paragraph(Markdown.TrimEnd('\n')));
}
