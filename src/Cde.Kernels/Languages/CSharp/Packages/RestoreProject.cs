using System.Runtime.InteropServices;
using System.Xml.Linq;
using Cde.Workbench;

namespace Cde.Kernels.Languages.CSharp.Packages;

/// <summary>The project through which packages are restored, in a folder of the cache named after what it asks for.</summary>
internal sealed class RestoreProject
{
    private const string Marker = "restored";

    private readonly string _text;

    /// <param name="packages">The packages.</param>
    /// <param name="sources">Package sources beside the usual ones.</param>
    /// <param name="onlySources">The only sources, beside <paramref name="sources"/>; the user's where empty.</param>
    public RestoreProject(IReadOnlyList<PackageRequest> packages, IReadOnlyList<string> sources, IReadOnlyList<string> onlySources)
    {
        _text = Text(packages, sources, onlySources);
        Folder = Path.Combine(UserFolders.Cache, "packages", ContentHash.OfText(_text)[..16]);
        IsFloating = packages.Any(package => package.IsFloating);
    }

    /// <summary>Where it lies.</summary>
    public string Folder { get; }

    /// <summary>The project file.</summary>
    public string File => Path.Combine(Folder, "cells.csproj");

    /// <summary>NuGet's account of the restore.</summary>
    public string Assets => Path.Combine(Folder, "obj", "project.assets.json");

    /// <summary>Whether another day may bring other versions.</summary>
    public bool IsFloating { get; }

    /// <summary>Whether it was restored before.</summary>
    public bool IsRestored => System.IO.File.Exists(Path.Combine(Folder, Marker)) && System.IO.File.Exists(Assets);

    /// <summary>Writes the project, shielded from settings of folders above.</summary>
    public void Write()
    {
        Directory.CreateDirectory(Folder);
        foreach (var shield in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
            AtomicFile.WriteAllText(Path.Combine(Folder, shield), "<Project />\n");
        AtomicFile.WriteAllText(File, _text);
    }

    /// <summary>Notes that the restore went well.</summary>
    public void MarkRestored() => AtomicFile.WriteAllText(Path.Combine(Folder, Marker), "");

    private static string Text(IReadOnlyList<PackageRequest> packages, IReadOnlyList<string> sources, IReadOnlyList<string> onlySources) => new XElement(
        "Project",
        new XAttribute("Sdk", "Microsoft.NET.Sdk"),
        new XElement(
            "PropertyGroup",
            new XElement("TargetFramework", $"net{Environment.Version.Major}.0"),
            new XElement("RuntimeIdentifier", MachineKind()),
            new XElement("SelfContained", "false"),
            new XElement("UseAppHost", "false"),
            new XElement("NuGetAudit", "false"),
            // One source that cannot be reached must not keep packages of the others away.
            new XElement("RestoreIgnoreFailedSources", "true"),
            onlySources.Count > 0 ? new XElement("RestoreSources", string.Join(';', onlySources.Concat(sources))) : null,
            onlySources.Count == 0 && sources.Count > 0 ? new XElement("RestoreAdditionalProjectSources", string.Join(';', sources)) : null),
        new XElement(
            "ItemGroup",
            packages.Select(package => new XElement("PackageReference", new XAttribute("Include", package.Id), new XAttribute("Version", package.VersionOrNewest))))).ToString();

    // The name by which packages file their native libraries; a distribution's own name would need NuGet's table of names.
    private static string MachineKind()
    {
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
    }
}
