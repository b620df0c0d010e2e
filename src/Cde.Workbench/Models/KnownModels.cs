using Cde.Workbench.Models.Hub;
using Cde.Workbench.Models.Static;
using Cde.Workbench.Models.Zoo;
using static TorchSharp.torch;

namespace Cde.Workbench.Models;

/// <summary>Models by name: the one that ships with the project, downloaded ones, and those a hub has.</summary>
public static class KnownModels
{
    /// <summary>What the name of several models as one begins with.</summary>
    private const string Concatenation = "concat:";

    /// <summary>Every card, in the order in which they are shown: the entries of <c>known-models.json</c> (<see cref="KnownModelsFile"/>).</summary>
    public static IReadOnlyList<ModelCard> List { get; } = KnownModelsFile.Embedded();

    /// <summary>
    /// The folder of a model: a folder path, a shipped or downloaded name; null where a known model has not been downloaded, and for <c>concat:A+B</c>, whose parts
    /// have one each.
    /// </summary>
    /// <exception cref="CdeException">The name is not known; the nearest names are offered.</exception>
    public static string? FolderOf(string nameOrFolder)
    {
        if (nameOrFolder.StartsWith(Concatenation, StringComparison.Ordinal))
        {
            foreach (var part in PartsOf(nameOrFolder))
                FolderOf(part);
            return null;
        }

        if (IsFolder(nameOrFolder))
            return nameOrFolder;
        if (RepositoryFolders.Models is { } shipped && File.Exists(Path.Combine(shipped, nameOrFolder, "config.json")))
            return Path.Combine(shipped, nameOrFolder);
        if (Find(nameOrFolder) is null && DownloadFolder(nameOrFolder.Split('/')[^1]) is var other && IsFolder(other))
            return other;
        if (nameOrFolder.Contains('/') && HubCache.Default.Find(nameOrFolder) is { } cached)
            return cached;
        var card = Card(nameOrFolder);
        var downloaded = DownloadFolder(card.Name);
        return IsFolder(downloaded) ? downloaded : card.Repository is { } repository ? HubCache.Default.Find(repository) : null;
    }

    /// <summary>Whether a path is a model folder: one with a <c>config.json</c>, or of a static model.</summary>
    public static bool IsFolder(string path) => Directory.Exists(path) && (File.Exists(Path.Combine(path, "config.json")) || StaticFolder.Describes(path));

    /// <summary>Where a downloaded model lies.</summary>
    public static string DownloadFolder(string name) => Path.Combine(UserFolders.Cache, "models", name);

    /// <summary>The card of a name, or of a hub's owner/name; null where none is known.</summary>
    public static ModelCard? Find(string name) =>
        List.FirstOrDefault(card => card.Name == name || string.Equals(card.Repository, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The card of a name, or of a hub's owner/name.</summary>
    /// <exception cref="CdeException">The name is not known; the nearest names are offered.</exception>
    public static ModelCard Card(string name) => Find(name)
        ?? throw new CdeException($"model \"{name}\" is neither a folder with a config.json nor a known model; {NearestNames.Suggest(name, List.Select(card => card.Name))}");

    /// <summary>The names of downloaded models that have no card: those that the user took from a hub by owner/name.</summary>
    public static IReadOnlyList<string> OtherDownloads()
    {
        var home = DownloadFolder("");
        return Directory.Exists(home)
            ? [.. Directory.EnumerateDirectories(home).Where(IsFolder).Select(folder => Path.GetFileName(folder)).Where(name => Find(name) is null).Order(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>
    /// Loads a model by name or folder, or several as one: <c>concat:A+B</c>. Of a known model, prompts, pooling and length come from its card where its folder does not
    /// say them.
    /// </summary>
    /// <param name="nameOrFolder">The name, or the folder's path.</param>
    /// <param name="device">Where it computes; the CPU where null.</param>
    /// <param name="precision">float32 or bfloat16.</param>
    /// <param name="pooling">Pools so, whatever folder and card say; null for what they say. Of a concatenation, every part.</param>
    /// <param name="storage">How weights are kept; see <see cref="EmbeddingModel.Load"/>.</param>
    /// <exception cref="CdeException">Unknown, or known but not downloaded: the message says how to get it.</exception>
    public static EmbeddingModel Load(string nameOrFolder, Device? device = null, ScalarType precision = ScalarType.Float32, PoolingModes? pooling = null, WeightStorage storage = WeightStorage.AsComputed)
    {
        if (!nameOrFolder.StartsWith(Concatenation, StringComparison.Ordinal))
            return LoadOne(nameOrFolder, device, precision, pooling, storage);
        var parts = new List<EmbeddingModel>();
        try
        {
            foreach (var part in PartsOf(nameOrFolder))
                parts.Add(LoadOne(part, device, precision, pooling, storage));
            return EmbeddingModel.Concatenate(nameOrFolder, parts);
        }
        catch
        {
            parts.ForEach(part => part.Dispose());
            throw;
        }
    }

    private static string[] PartsOf(string name) => name[Concatenation.Length..].Split('+', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static EmbeddingModel LoadOne(string nameOrFolder, Device? device, ScalarType precision, PoolingModes? pooling, WeightStorage storage)
    {
        var rules = IsFolder(nameOrFolder) ? ModelRules.None : RulesOf(nameOrFolder);
        var folder = FolderOf(nameOrFolder) ?? throw new CdeException($"model \"{nameOrFolder}\" has not been downloaded; get it with: {ProgramName.Typed} models download {nameOrFolder}");
        return EmbeddingModel.Load(folder, device, precision, pooling is null ? rules : rules with { Pooling = pooling, OverridesPooling = true }, storage);
    }

    /// <summary>What holds for a name where its folder does not say it; nothing for a name without a card.</summary>
    private static ModelRules RulesOf(string name) => Find(name) switch
    {
        { Kind: ModelKind.Reranker or ModelKind.MultiVector } card => throw new CdeException(
            $"{card.Name} is a {KnownModelsFile.NameOf(card.Kind)} model, which gives a text no vector of its own; choose a model of another kind (models list)"),
        var card => card?.Rules ?? ModelRules.None,
    };
}
