using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Cde.Kernels.Languages.CSharp.Services;
using Cde.Workbench;
using Microsoft.CodeAnalysis;

namespace Cde.Kernels.Languages.CSharp.Submissions;

/// <summary>
/// What every cell is compiled against: the framework and the workbench. The framework's reference pack is preferred, for its
/// documentation; on a machine without an SDK the runtime's own assemblies serve.
/// </summary>
internal static class FrameworkReferences
{
    // With what the workbench's public types and dependencies are made of: were such a package to come later, by #r, the compiler would take the workbench's types for others than before.
    private static readonly string[] WorkbenchNames =
        ["Cde.Kernels", "Cde.Workbench", "Cde.Torch", "TorchSharp", "MathNet.Numerics", "Microsoft.Extensions.AI.Abstractions", "Microsoft.Extensions.DependencyInjection.Abstractions"];

    private static readonly Lazy<(IReadOnlyList<MetadataReference> Real, IReadOnlyList<MetadataReference> Forwarding)> Framework = new(OpenFramework);

    private static readonly Lazy<IReadOnlyList<MetadataReference>> Workbench = new(() => [.. WorkbenchFiles().Select(FromFile)]);

    /// <summary>The assemblies that have types, and the workbench's. Fewer references make every compilation faster.</summary>
    public static IReadOnlyList<MetadataReference> Usual => [.. Framework.Value.Real, .. Workbench.Value];

    /// <summary>The assemblies that only forward (<c>netstandard</c>, <c>mscorlib</c>): what assemblies from outside were compiled against.</summary>
    public static IReadOnlyList<MetadataReference> Forwarding => Framework.Value.Forwarding;

    /// <summary>Whether the framework has an assembly of that name.</summary>
    public static bool Has(string name) =>
        Framework.Value.Real.Concat(Framework.Value.Forwarding).Any(reference => string.Equals(Path.GetFileNameWithoutExtension(reference.Display), name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether every cell is compiled against the workbench's assembly of that name.</summary>
    public static bool IsUsual(string name) => WorkbenchNames.Contains(name);

    /// <summary>The folder of the reference pack; null on a machine without an SDK.</summary>
    public static string? Pack { get; } = FindPack();

    /// <summary>A reference with the documentation that lies beside the file. Its path is its display: the compiler lists references that have a file path in every cell's symbols, which takes longer than a short cell's own code.</summary>
    public static MetadataReference FromFile(string path) =>
        AssemblyMetadata.CreateFromFile(path).GetReference(new DocumentationFile(Path.ChangeExtension(path, ".xml")), display: path);

    private static (IReadOnlyList<MetadataReference> Real, IReadOnlyList<MetadataReference> Forwarding) OpenFramework()
    {
        var files = Pack is { } pack ? Directory.GetFiles(pack, "*.dll") : RuntimeFiles();
        var opened = files.Order(StringComparer.Ordinal).AsParallel().AsOrdered()
            .Select(file => (Reference: FromFile(file), IsForwarder: IsForwarder(file))).ToList();
        return ([.. opened.Where(one => !one.IsForwarder).Select(one => one.Reference)], [.. opened.Where(one => one.IsForwarder).Select(one => one.Reference)]);
    }

    private static bool IsForwarder(string file)
    {
        using var image = new PEReader(File.OpenRead(file));
        var metadata = image.GetMetadataReader();
        return metadata.TypeDefinitions.All(type => (metadata.GetTypeDefinition(type).Attributes & TypeAttributes.VisibilityMask) != TypeAttributes.Public);
    }

    private static string? FindPack()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var packs = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        if (!Directory.Exists(packs))
            return null;
        var major = Environment.Version.Major;
        return Directory.GetDirectories(packs)
            .Select(folder => (Folder: Path.Combine(folder, "ref", $"net{major}.0"), Version: Version.TryParse(Path.GetFileName(folder), out var version) ? version : new Version(0, 0)))
            .Where(pack => pack.Version.Major == major && Directory.Exists(pack.Folder))
            .OrderByDescending(pack => pack.Version).Select(pack => pack.Folder).FirstOrDefault();
    }

    private static IEnumerable<string> RuntimeFiles()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location);
        return ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator)
            .Where(file => Path.GetDirectoryName(file) == runtime);
    }

    private static IEnumerable<string> WorkbenchFiles()
    {
        var folder = Path.GetDirectoryName(typeof(CdeException).Assembly.Location)!;
        return WorkbenchNames.Select(name => Path.Combine(folder, name + ".dll")).Where(File.Exists);
    }
}
