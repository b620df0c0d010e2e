using System.Text.Json.Serialization;
using Cde.Kernels.ApiPages;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;

namespace Cde.Kernels.Commands;

/// <summary>
/// Prints the reference page of all commands (<c>./cde reference --out docs/commands.md</c>), or writes the pages of the C# API (<c>./cde reference --api docs/api</c>).
/// </summary>
public sealed class ReferenceCommand : Command<ReferenceOptions, ReferenceResult>
{
    /// <inheritdoc/>
    public override string Name => "reference";

    /// <inheritdoc/>
    public override string Summary => "Print the command reference in Markdown, or write the pages of the C# API";

    /// <inheritdoc/>
    public override bool IsHidden => true;

    /// <inheritdoc/>
    public override Task<ReferenceResult> RunAsync(ReferenceOptions options, Session session, CancellationToken cancellation) =>
        Task.FromResult(new ReferenceResult(options.Api is { } folder
            ? $"{ApiReference.Read().WriteTo(folder)} pages in {folder}\n"
            : ReferencePage.Write(CommandCatalog.Own)));
}

/// <summary>What <c>reference</c> takes.</summary>
public sealed record ReferenceOptions : CommandOptions
{
    /// <summary>Where the pages of the C# API are written; null for the page of the commands.</summary>
    [Option("Write the pages of the C# API into this folder", ValueName = "FOLDER", Completes = Completes.Files)]
    public string? Api { get; init; }
}

/// <summary>The reference page.</summary>
/// <param name="Markdown">The page, or what was written.</param>
public sealed record ReferenceResult(string Markdown) : CommandResult
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string? PlainText => Markdown;

    /// <inheritdoc/>
    public override View Describe() => new(new Paragraph(Markdown.TrimEnd('\n')));
}
