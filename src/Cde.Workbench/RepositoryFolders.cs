namespace Cde.Workbench;

/// <summary>Where the checkout or the package lies that this program runs from, and the parts of it that the library reads.</summary>
public static class RepositoryFolders
{
    /// <summary>
    /// The folder that the environment variable <c>CDE_HOME</c> names, else the nearest one above the program, then above this assembly, that holds <c>Cde.sln</c> (a
    /// checkout) or <c>datasets/models</c> (a package, or a program that one is part of); null where there is none.
    /// </summary>
    public static string? Root { get; } = FindRoot();

    /// <summary><c>datasets/</c>: dataset cards, authored corpora and <c>models/</c>. Null where there is none.</summary>
    public static string? Datasets => Part("datasets");

    /// <summary><c>datasets/models/</c>: the models that ship with the project. Null where there is none.</summary>
    public static string? Models => Part("datasets", "models");

    private static string? Part(params string[] names) =>
        Root is { } root && Directory.Exists(Path.Combine([root, .. names])) ? Path.Combine([root, .. names]) : null;

    private static string? FindRoot()
    {
        if (Environment.GetEnvironmentVariable("CDE_HOME") is { Length: > 0 } home)
            return Path.GetFullPath(home);
        return Above(AppContext.BaseDirectory) ?? Above(Path.GetDirectoryName(typeof(RepositoryFolders).Assembly.Location));
    }

    /// <summary>The nearest folder at or above one that is a checkout, or holds what ships with the project.</summary>
    private static string? Above(string? start)
    {
        for (var folder = string.IsNullOrEmpty(start) ? null : new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Cde.sln")) || Directory.Exists(Path.Combine(folder.FullName, "datasets", "models")))
                return folder.FullName;
        }

        return null;
    }
}
