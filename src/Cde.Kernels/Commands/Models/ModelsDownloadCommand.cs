using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Workbench;
using Cde.Workbench.Models;
using Cde.Workbench.Models.Hub;

namespace Cde.Kernels.Commands;

/// <summary>Downloads a model from a hub.</summary>
public sealed class ModelsDownloadCommand : Command<ModelsDownloadOptions, ModelDownloadResult>
{
    /// <inheritdoc/>
    public override string Name => "models download";

    /// <inheritdoc/>
    public override string Summary => "Download a model from a hub";

    /// <inheritdoc/>
    public override string Description =>
        "Fetches configuration, vocabulary and weights into the cache that Hugging Face's libraries share (HF_HUB_CACHE, HF_HOME); what is there already serves, an interrupted download goes on "
        + "where it stopped. HF_ENDPOINT names another hub, HF_TOKEN gives access to closed models, HF_HUB_OFFLINE=1 forbids the network, HTTPS_PROXY names a proxy.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["models download all-MiniLM-L6-v2"];

    /// <inheritdoc/>
    public override async Task<ModelDownloadResult> RunAsync(ModelsDownloadOptions options, Session session, CancellationToken cancellation)
    {
        var card = options.Model.Contains('/') && !KnownModels.List.Any(known => known.Repository == options.Model)
            ? new ModelCard(options.Model.Split('/')[^1], "", 0, options.Model)
            : KnownModels.Card(options.Model);
        if (card.Repository is not { } repository)
            throw new CdeException($"{card.Name} is on no hub: it ships with the project, or is made by ./cde train");
        using var hub = new HubClient();
        var folder = await hub.DownloadAsync(repository, options.Revision, session.Progress, cancellation).ConfigureAwait(false);
        Link(KnownModels.DownloadFolder(card.Name), folder);
        return new ModelDownloadResult(card.Name, repository, folder);
    }

    /// <summary>Makes the model known by its name; the hub's cache keeps the files.</summary>
    private static void Link(string name, string folder)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(name)!);
        if (Directory.Exists(name) || File.Exists(name))
            Directory.Delete(name, recursive: new DirectoryInfo(name).LinkTarget is null);
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateSymbolicLink(name, folder);
            return;
        }

        // Links need a privilege there.
        Directory.CreateDirectory(name);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(name, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}

/// <summary>What <c>models download</c> takes.</summary>
public sealed record ModelsDownloadOptions : CommandOptions
{
    /// <summary>Which model.</summary>
    [Argument(0, "A name (see models list), or owner/name on the hub", Required = true, Completes = Completes.Models)]
    public string Model { get; init; } = "";

    /// <summary>Which version.</summary>
    [Option("Branch, tag or commit; main where left out", ValueName = "NAME")]
    public string? Revision { get; init; }
}

/// <summary>A downloaded model.</summary>
/// <param name="Name">The name that <c>--model</c> takes.</param>
/// <param name="Repository">Where it comes from.</param>
/// <param name="Folder">Where it lies.</param>
public sealed record ModelDownloadResult(string Name, string Repository, string Folder) : CommandResult
{
    /// <inheritdoc/>
    public override View Describe() => new(new Paragraph($"{Repository} is in {Folder}; use it with --model {Name}"));
}
