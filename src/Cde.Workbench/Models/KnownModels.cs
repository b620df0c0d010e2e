using Cde.Workbench.Models.Static;
using static TorchSharp.torch;

namespace Cde.Workbench.Models;

/// <summary>Models by name: the one that ships with the project, downloaded ones, and those a hub has.</summary>
public static class KnownModels
{
    /// <summary>What the name of several models as one begins with.</summary>
    private const string Concatenation = "concat:";

    private const string BgeQuery = "Represent this sentence for searching relevant passages: ";

    /// <summary>Every card, in the order in which they are shown. Sizes as published (spec ).</summary>
    public static IReadOnlyList<ModelCard> List { get; } =
    [
        new("cde-mini", "two-stage contextual, trained by this project on the .NET API documentation", 192),
        new("cde-small-v1", "two-stage contextual over nomic-bert-2048, 281 M parameters", 768, "jxm/cde-small-v1", "search_query: ", "search_document: "),
        new("all-MiniLM-L6-v2", "BERT, 6 layers, mean pooling, 22.7 M parameters", 384, "sentence-transformers/all-MiniLM-L6-v2"),
        new("bge-small-en-v1.5", "BERT, 12 layers, CLS pooling, 33.4 M parameters", 384, "BAAI/bge-small-en-v1.5", BgeQuery),
        new("bge-base-en-v1.5", "BERT, 12 layers, CLS pooling, 109 M parameters", 768, "BAAI/bge-base-en-v1.5", BgeQuery),
        new("bge-large-en-v1.5", "BERT, 24 layers, CLS pooling, 335 M parameters", 1024, "BAAI/bge-large-en-v1.5", BgeQuery),
        new("snowflake-arctic-embed-m-v1.5", "BERT, 12 layers, CLS pooling, 109 M parameters", 768, "Snowflake/snowflake-arctic-embed-m-v1.5", BgeQuery),
        new("nomic-embed-text-v1", "NomicBERT, 12 layers, mean pooling, 137 M parameters", 768, "nomic-ai/nomic-embed-text-v1", "search_query: ", "search_document: "),
    ];

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
        var card = Card(nameOrFolder);
        var downloaded = DownloadFolder(card.Name);
        return File.Exists(Path.Combine(downloaded, "config.json")) ? downloaded : null;
    }

    /// <summary>Whether a path is a model folder: one with a <c>config.json</c>, or of a static model.</summary>
    public static bool IsFolder(string path) => Directory.Exists(path) && (File.Exists(Path.Combine(path, "config.json")) || StaticFolder.Describes(path));

    /// <summary>Where a downloaded model lies.</summary>
    public static string DownloadFolder(string name) => Path.Combine(UserFolders.Cache, "models", name);

    /// <summary>The card of a name, or of a hub's owner/name.</summary>
    /// <exception cref="CdeException">The name is not known; the nearest names are offered.</exception>
    public static ModelCard Card(string name) =>
        List.FirstOrDefault(card => card.Name == name || card.Repository == name)
        ?? throw new CdeException($"model \"{name}\" is neither a folder with a config.json nor a known model; {NearestNames.Suggest(name, List.Select(card => card.Name))}");

    /// <summary>Loads a model by name or folder, or several as one: <c>concat:A+B</c>.</summary>
    /// <exception cref="CdeException">Unknown, or known but not downloaded: the message says how to get it.</exception>
    public static EmbeddingModel Load(string nameOrFolder, Device? device = null, ScalarType precision = ScalarType.Float32)
    {
        if (!nameOrFolder.StartsWith(Concatenation, StringComparison.Ordinal))
            return LoadOne(nameOrFolder, device, precision);
        var parts = new List<EmbeddingModel>();
        try
        {
            foreach (var part in PartsOf(nameOrFolder))
                parts.Add(LoadOne(part, device, precision));
            return EmbeddingModel.Concatenate(nameOrFolder, parts);
        }
        catch
        {
            parts.ForEach(part => part.Dispose());
            throw;
        }
    }

    private static string[] PartsOf(string name) => name[Concatenation.Length..].Split('+', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static EmbeddingModel LoadOne(string nameOrFolder, Device? device, ScalarType precision) =>
        EmbeddingModel.Load(
            FolderOf(nameOrFolder) ?? throw new CdeException($"model \"{nameOrFolder}\" has not been downloaded; get it with: cde models download {nameOrFolder}"),
            device,
            precision);
}
