using Microsoft.CodeAnalysis;

namespace Cde.Kernels.Languages.CSharp;

/// <summary>The assemblies of the running program and its framework, and what cells compile against.</summary>
internal static class HostAssemblies
{
    private static readonly Lazy<IReadOnlyList<PortableExecutableReference>> Loaded = new(() => [.. CompilePaths().AsParallel().AsOrdered().Select(Reference)]);

    /// <summary>The files that the runtime loads by name.</summary>
    public static IReadOnlyList<string> Paths { get; } =
        (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What cells compile against: the framework's reference assemblies where an SDK is there (they carry documentation), else the framework's own, and the program's.</summary>
    public static IReadOnlyList<PortableExecutableReference> References => Loaded.Value;

    /// <summary>A reference to an assembly file, with the documentation that lies beside it.</summary>
    public static PortableExecutableReference Reference(string path)
    {
        var documentation = Path.ChangeExtension(path, ".xml");
        return MetadataReference.CreateFromFile(path, documentation: File.Exists(documentation) ? new DocumentationFile(documentation) : null);
    }

    private static List<string> CompilePaths()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var own = Paths.Where(path => !path.StartsWith(framework, StringComparison.Ordinal) && IsManaged(path)).ToList();
        var reference = ReferenceFolder(framework);
        var platform = reference is null
            ? Paths.Where(path => path.StartsWith(framework, StringComparison.Ordinal) && IsManaged(path))
            : Directory.EnumerateFiles(reference, "*.dll").Order(StringComparer.Ordinal);
        return [.. platform, .. own];
    }

    // The shared framework lies in <root>/shared/Microsoft.NETCore.App/<version>, its reference assemblies in <root>/packs/Microsoft.NETCore.App.Ref.
    private static string? ReferenceFolder(string framework)
    {
        var packs = Path.GetFullPath(Path.Combine(framework, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        var major = Environment.Version.Major;
        return !Directory.Exists(packs)
            ? null
            : Directory.EnumerateDirectories(packs, $"{major}.*")
                .OrderByDescending(folder => Version.TryParse(Path.GetFileName(folder).Split('-')[0], out var version) ? version : new Version(0, 0))
                .Select(folder => Path.Combine(folder, "ref", $"net{major}.0"))
                .FirstOrDefault(Directory.Exists);
    }

    private static bool IsManaged(string path)
    {
        try
        {
            System.Reflection.AssemblyName.GetAssemblyName(path);
            return true;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }
}
