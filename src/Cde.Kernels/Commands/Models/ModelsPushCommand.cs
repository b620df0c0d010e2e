using System.Globalization;
using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench.Models.Hub;

namespace Cde.Kernels.Commands;

/// <summary>Uploads a model folder to a hub.</summary>
public sealed class ModelsPushCommand : Command<ModelsPushOptions, ModelPushResult>
{
    /// <inheritdoc/>
    public override string Name => "models push";

    /// <inheritdoc/>
    public override string Summary => "Upload a model folder to a hub, as one commit";

    /// <inheritdoc/>
    public override string Description =>
        "Sends the model's own files (configuration, tokenizer, safetensors, card) and nothing else; --dry-run lists them and sends nothing. The model on the hub changes with the last request alone, "
        + "so an upload that breaks off changes nothing. The token (HF_TOKEN or a login's) must be one that may write; HF_ENDPOINT names another hub.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["models push mine-v1 me/mine-v1 --dry-run", "models push mine-v1 me/mine-v1 --create --private"];

    /// <inheritdoc/>
    public override async Task<ModelPushResult> RunAsync(ModelsPushOptions options, Session session, CancellationToken cancellation)
    {
        if (options.Private && !options.Create)
            throw new UsageException("models push: --private is for a repository that is made; add --create");
        using var hub = new HubUpload();
        var visibility = !options.Create ? HubVisibility.Existing : options.Private ? HubVisibility.Private : HubVisibility.Public;
        var result = await hub.PushAsync(options.Folder, options.Repository, options.Revision, options.Message, visibility, options.DryRun, session.Progress, cancellation).ConfigureAwait(false);
        return new ModelPushResult(result.Repository, result.Revision, result.Commit, [.. result.Files.Select(file => new ExportedFile(file.Path, file.Size))]);
    }
}

/// <summary>What <c>models push</c> takes.</summary>
public sealed record ModelsPushOptions : CommandOptions
{
    /// <summary>The model's folder.</summary>
    [Argument(0, "Model folder, as models export writes it", Required = true, Completes = Completes.Files)]
    public string Folder { get; init; } = "";

    /// <summary>Where to.</summary>
    [Argument(1, "owner/name on the hub", Required = true)]
    public string Repository { get; init; } = "";

    /// <summary>The branch.</summary>
    [Option("Branch; main where left out", ValueName = "NAME")]
    public string? Revision { get; init; }

    /// <summary>The commit's first line.</summary>
    [Option("First line of the commit", ValueName = "TEXT")]
    public string Message { get; init; } = "Upload model";

    /// <summary>Whether the repository is made.</summary>
    [Option("Make the repository where it is not there")]
    public bool Create { get; init; }

    /// <summary>Whether it is made private.</summary>
    [Option("With --create: make it private")]
    public bool Private { get; init; }

    /// <summary>Whether nothing is sent.</summary>
    [Option("List what would be sent, and send nothing")]
    public bool DryRun { get; init; }
}

/// <summary>An upload.</summary>
/// <param name="Repository">Where it went.</param>
/// <param name="Revision">The branch.</param>
/// <param name="Commit">The commit; null for a dry run.</param>
/// <param name="Files">What was sent, or would be.</param>
public sealed record ModelPushResult(string Repository, string Revision, string? Commit, IReadOnlyList<ExportedFile> Files) : CommandResult
{
    /// <inheritdoc/>
    public override View Describe() => new(
        new Table(["file", ">bytes"], [.. Files.Select(file => (string[])[file.Path, file.Bytes.ToString("N0", CultureInfo.InvariantCulture)])]) { Title = $"{Repository}, {Revision}" },
        new Paragraph(Commit is null ? "A dry run: nothing was sent." : $"Commit {Commit}."));
}
