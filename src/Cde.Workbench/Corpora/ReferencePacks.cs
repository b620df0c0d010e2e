namespace Cde.Workbench.Corpora;

/// <summary>Finds the XML documentation that every .NET SDK carries beside its reference assemblies.</summary>
internal static class ReferencePacks
{
    // An assembly that stands in both is taken from the first.
    private static readonly string[] PackNames = ["Microsoft.NETCore.App.Ref", "Microsoft.AspNetCore.App.Ref"];

    private const string WayOut = "install the .NET 10 SDK (dotnet-sdk-10.0), or set DOTNET_ROOT to the folder where it lies";

    /// <summary>The documentation files by assembly name, in ordinal order of the names.</summary>
    /// <param name="root">A dotnet folder or its <c>packs</c> folder; null to look where the SDK usually lies.</param>
    /// <exception cref="CdeException">There are no packs.</exception>
    public static IReadOnlyList<(string Assembly, string Path)> Find(string? root)
    {
        var places = root is null ? UsualRoots() : [Path.GetFullPath(root)];
        foreach (var place in places.Distinct(StringComparer.Ordinal))
        {
            var folders = PackNames.Select(pack => DocumentationFolder(place, pack)).OfType<string>().ToList();
            if (folders.Count < PackNames.Length)
                continue;
            var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var file in folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*.xml")))
                files.TryAdd(Path.GetFileNameWithoutExtension(file), file);
            return [.. files.Select(file => (file.Key, file.Value))];
        }

        throw new CdeException(
            $"dotnet-api needs the reference packs {string.Join(" and ", PackNames)} 10.0, found none in {string.Join(", ", places.Distinct())}; {WayOut}");
    }

    // The packs' highest 10.0 version, in <dotnet>/packs/<pack>/<version>/ref/net10.0.
    private static string? DocumentationFolder(string place, string pack) =>
        new[] { Path.Combine(place, "packs", pack), Path.Combine(place, pack) }
            .Where(Directory.Exists)
            .SelectMany(Directory.EnumerateDirectories)
            .Select(folder => (folder, version: ParseVersion(Path.GetFileName(folder)), docs: Path.Combine(folder, "ref", "net10.0")))
            .Where(found => found.version is { Major: 10, Minor: 0 } && Directory.Exists(found.docs))
            .OrderByDescending(found => found.version)
            .ThenBy(found => Path.GetFileName(found.folder).Contains('-')) // a release comes before its previews
            .ThenByDescending(found => found.folder, StringComparer.Ordinal)
            .Select(found => found.docs)
            .FirstOrDefault();

    private static Version? ParseVersion(string name) => Version.TryParse(name.Split('-')[0], out var version) ? version : null;

    private static List<string> UsualRoots()
    {
        var roots = new List<string>();
        void Add(string? folder)
        {
            if (!string.IsNullOrEmpty(folder))
                roots.Add(Path.GetFullPath(folder));
        }

        Add(Environment.GetEnvironmentVariable("DOTNET_ROOT"));
        // <dotnet>/shared/Microsoft.NETCore.App/<version>/System.Private.CoreLib.dll: the runtime that runs this program.
        Add(Path.Combine(AppContext.GetData("FX_DEPS_FILE") is string deps ? Path.GetDirectoryName(deps)! : ".", "..", "..", ".."));
        var executable = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            var file = new FileInfo(Path.Combine(folder, executable));
            if (file.Exists)
                Add((file.ResolveLinkTarget(returnFinalTarget: true) ?? file).FullName is var target ? Path.GetDirectoryName(target) : null);
        }

        if (OperatingSystem.IsWindows())
        {
            Add(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "dotnet"));
        }
        else
        {
            roots.AddRange(["/usr/share/dotnet", "/usr/lib/dotnet", "/usr/local/share/dotnet", "/opt/homebrew/opt/dotnet/libexec"]);
            Add(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet"));
        }

        return roots;
    }
}
