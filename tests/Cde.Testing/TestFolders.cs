using Xunit;

namespace Cde.Testing;

/// <summary>The folders that tests read: the repository, its fixtures, and the optional <c>../shared</c> beside it.</summary>
public static class TestFolders
{
    /// <summary>The checkout: the nearest folder above the test assembly that holds <c>Cde.sln</c>.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary><c>tests/fixtures</c>.</summary>
    public static string Fixtures => Path.Combine(Repository, "tests", "fixtures");

    /// <summary>The golden cases: <c>CDE_GOLDEN</c> where it is set, else <c>tests/fixtures/golden</c>.</summary>
    public static string Golden =>
        Environment.GetEnvironmentVariable("CDE_GOLDEN") is { Length: > 0 } folder ? folder : Path.Combine(Fixtures, "golden");

    /// <summary>Whether the optional <c>../shared</c> lies beside the checkout. Where it does, no data may be missing.</summary>
    public static bool HasShared => Directory.Exists(Path.Combine(Repository, "..", "shared"));

    /// <summary>The path of a golden file or folder; skips the test, by name, where the case is absent.</summary>
    public static string GoldenCase(string name)
    {
        var path = Path.Combine(Golden, name);
        if (!Path.Exists(path))
            Assert.Skip($"golden case {name} is not in {Golden}");
        return path;
    }

    /// <summary>
    /// A vocabulary file of a golden case. The project does not carry these: where <c>CDE_GOLDEN</c> does not have it, it is read from
    /// <c>../shared/golden</c>, and the test is skipped where that is absent.
    /// </summary>
    public static string GoldenVocabulary(string caseName, string file)
    {
        var inGolden = Path.Combine(Golden, caseName, file);
        return File.Exists(inGolden) ? inGolden : Shared("golden", caseName, file);
    }

    /// <summary>A file or folder under <c>../shared/data</c>; skips the test where the folder is absent.</summary>
    public static string Data(params string[] parts) => Shared(["data", .. parts]);

    private static string Shared(params string[] parts)
    {
        var path = Path.GetFullPath(Path.Combine([Repository, "..", "shared", .. parts]));
        if (!HasShared)
            Assert.Skip($"needs {string.Join('/', parts)}, which this machine does not have");
        Assert.True(Path.Exists(path), $"../shared is present but lacks {string.Join('/', parts)}");
        return path;
    }

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Cde.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"no Cde.sln above {AppContext.BaseDirectory}");
    }
}
