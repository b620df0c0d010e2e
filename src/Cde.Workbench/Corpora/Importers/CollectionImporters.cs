namespace Cde.Workbench.Corpora;

/// <summary>All layouts that are read.</summary>
public static class CollectionImporters
{
    /// <summary>The importers; the first that fits a path reads it.</summary>
    public static IReadOnlyList<CollectionImporter> All { get; } =
    [
        new ScifactImporter(), new CranfieldImporter(), new VaswaniImporter(), new CacmImporter(), new CosqaImporter(), new MedquadImporter(), new PubmedqaImporter(),
        new SquadImporter(), new ContextualChunksImporter(), new ChunkingEvaluationImporter(), new BeirImporter(),
    ];

    /// <summary>The importers' names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(importer => importer.Name)];

    /// <summary>The importer that reads a path; null where none does.</summary>
    public static CollectionImporter? Of(string path) => All.FirstOrDefault(importer => importer.Fits(path));
}
