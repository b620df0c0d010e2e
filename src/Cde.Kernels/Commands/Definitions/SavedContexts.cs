using Cde.Workbench;

namespace Cde.Kernels.Commands;

/// <summary>Contexts on disk: under a name or their hash in the cache folder, or anywhere by path.</summary>
internal static class SavedContexts
{
    private const string Manifest = "context.json";

    /// <summary>Where contexts lie that were given no folder of their own.</summary>
    public static string Folder => Path.Combine(UserFolders.Cache, "contexts");

    /// <summary>The folder of a saved context: a path, a name given with <c>--as</c>, or at least eight digits of its hash; null where there is none.</summary>
    public static string? Find(string nameOrFolder)
    {
        if (File.Exists(Path.Combine(nameOrFolder, Manifest)))
            return nameOrFolder;
        if (nameOrFolder.Contains('/') || nameOrFolder.Contains('\\') || !Directory.Exists(Folder))
            return null;
        var named = Path.Combine(Folder, nameOrFolder);
        if (File.Exists(Path.Combine(named, Manifest)))
            return named;
        var byHash = nameOrFolder.Length >= 8 ? Directory.GetDirectories(Folder, nameOrFolder[..Math.Min(16, nameOrFolder.Length)] + "*") : [];
        return byHash.Length == 1 && File.Exists(Path.Combine(byHash[0], Manifest)) ? byHash[0] : null;
    }

    /// <summary>Every name that <see cref="Find"/> knows in the cache folder.</summary>
    public static IReadOnlyList<string> Names() =>
        Directory.Exists(Folder) ? [.. Directory.GetDirectories(Folder).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)] : [];
}
