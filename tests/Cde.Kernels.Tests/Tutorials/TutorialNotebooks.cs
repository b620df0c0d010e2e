using Cde.Testing;

namespace Cde.Kernels.Tests.Tutorials;

/// <summary>The notebooks of the folder <c>notebooks/</c>.</summary>
internal static class TutorialNotebooks
{
    /// <summary>Their folder.</summary>
    public static string Folder => Path.Combine(TestFolders.Repository, "notebooks");

    /// <summary>Their file names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Directory.GetFiles(Folder, "*.ipynb").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
