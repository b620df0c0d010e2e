namespace Cde.Workbench;

/// <summary>Where the checkout lies that this program runs from, and the parts of it that the library reads.</summary>
public static class RepositoryFolders
{
    /// <summary>
    /// The checkout: the folder that the environment variable <c>CDE_HOME</c> names, else the nearest folder above the program that holds
    /// <c>Cde.sln</c> or <c>datasets</c>; null where there is none (the library used as a package).
    /// </summary>
    public static string? Root { get; } = FindRoot();

    /// <summary><c>datasets/</c>: dataset cards, authored corpora and <c>models/</c>. Null where there is no checkout.</summary>
    public static string? Datasets => Part("datasets");

    /// <summary><c>datasets/models/</c>: the models that ship with the project. Null where there is no checkout.</summary>
    public static string? Models => Part("datasets", "models");

    private static string? Part(params string[] names) =>
        Root is { } root && Directory.Exists(Path.Combine([root, .. names])) ? Path.Combine([root, .. names]) : null;

    private static string? FindRoot()
    {
        if (Environment.GetEnvironmentVariable("CDE_HOME") is { Length: > 0 } home)
            return Path.GetFullPath(home);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Cde.sln")) || Directory.Exists(Path.Combine(folder.FullName, "datasets")))
                return folder.FullName;
        }

        return null;
    }
}
