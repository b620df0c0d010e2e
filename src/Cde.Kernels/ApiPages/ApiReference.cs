using Cde.Kernels.Languages.CSharp.Submissions;
using Cde.Workbench;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cde.Kernels.ApiPages;

/// <summary>
/// The reference of the C# API: a Markdown page for each namespace of <c>Cde.Workbench</c> and for those of <c>Cde.Kernels</c> that code outside calls, written from the assemblies and the documentation
/// beside them. The same assemblies give the same pages.
/// </summary>
internal sealed class ApiReference
{
    /// <summary>How every page begins after its title; files with it may be written over and removed.</summary>
    public const string Origin = "<!-- Written by `./cde reference --api docs/api` from the doc comments in the source; .ci/run checks that it is current. -->";

    /// <summary>The namespaces of Cde.Kernels that are meant for other code; the rest of it serves its own hosts.</summary>
    private static readonly string[] KernelNamespaces = ["Cde.Kernels.Commands", "Cde.Kernels.Displays", "Cde.Kernels.Hosting", "Cde.Kernels.Notebooks"];

    private readonly List<ApiNamespace> _namespaces;

    private ApiReference(List<ApiNamespace> namespaces) => _namespaces = namespaces;

    /// <summary>Reads the assemblies of this program.</summary>
    public static ApiReference Read()
    {
        var compilation = CSharpCompilation.Create("api", references: FrameworkReferences.Usual);
        var found = compilation.References.Select(compilation.GetAssemblyOrModuleSymbol).OfType<IAssemblySymbol>()
            .Where(assembly => assembly.Name is "Cde.Workbench" or "Cde.Kernels")
            .SelectMany(assembly => Namespaces(assembly.GlobalNamespace))
            .Where(space => !space.ToDisplayString().StartsWith("Cde.Kernels", StringComparison.Ordinal) || KernelNamespaces.Contains(space.ToDisplayString()))
            .Select(space => new ApiNamespace(space))
            .Where(space => space.Types.Count > 0)
            .OrderBy(space => space.Name, StringComparer.Ordinal)
            .ToList();
        return new ApiReference(found);
    }

    /// <summary>The pages by file name, <c>README.md</c> the list of all.</summary>
    public IReadOnlyDictionary<string, string> Pages()
    {
        var links = new ApiLinks(_namespaces);
        var pages = _namespaces.ToDictionary(space => space.FileName, space => new ApiPage(space, links).Write());
        pages["README.md"] = Contents(links);
        return pages;
    }

    /// <summary>Writes the pages into a folder, and removes those of namespaces that are no more.</summary>
    /// <returns>How many pages there are.</returns>
    /// <exception cref="CdeException">The folder holds a page that was not written here under a name that is needed.</exception>
    public int WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        var pages = Pages();
        var present = Directory.GetFiles(folder, "*.md").ToLookup(file => File.ReadLines(file).Take(3).Contains(Origin));
        if (present[false].FirstOrDefault(file => pages.ContainsKey(Path.GetFileName(file))) is { } foreign)
            throw new CdeException($"{foreign} was not written by this command; name another folder, or remove it");
        foreach (var file in present[true].Where(file => !pages.ContainsKey(Path.GetFileName(file))))
            File.Delete(file);
        foreach (var (name, text) in pages)
            AtomicFile.WriteAllText(Path.Combine(folder, name), text);
        return pages.Count;
    }

    private string Contents(ApiLinks links) =>
        $"""
        # C# API

        {Origin}

        One page a namespace. Types that only this program's own hosts use are left out; `Cde.Torch` has the API of [TorchSharp](https://github.com/dotnet/TorchSharp).
        Losses stand with their formulas in [losses.md](../losses.md), commands with their options in [commands.md](../commands.md).

        | namespace | types |
        |---|---|

        """
        + string.Concat(_namespaces.Select(space => $"| [{space.Name}]({space.FileName}) | {string.Join(", ", space.Types.Where(type => type.ContainingType is null).Select(type => links.ToType(type, "")))} |\n"));

    private static IEnumerable<INamespaceSymbol> Namespaces(INamespaceSymbol space) => space.GetNamespaceMembers().SelectMany(Namespaces).Prepend(space);
}
