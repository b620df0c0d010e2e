using System.Text.RegularExpressions;
using System.Xml.Linq;
using Cde.Testing;
using Cde.Workbench;

namespace Cde.Kernels.Tests;

/// <summary>Dependencies point one way: between projects, and between the folders of Cde.Workbench in the order in which data flows.</summary>
public partial class ArchitectureTests
{
    private static readonly string[] Order =
        ["Corpora", "Text", "Models", "Embedding", "Search", "Clustering", "Evaluation", "Contexts", "Mining", "Training", "Figures", "Journeys"];

    private static readonly string Sources = Path.Combine(TestFolders.Repository, "src");

    [Theory]
    [InlineData("Cde.Torch")]
    [InlineData("Cde.Workbench", "Cde.Torch")]
    [InlineData("Cde.Kernels", "Cde.Workbench", "Cde.Torch")]
    public void A_project_refers_only_to_those_below_it(string project, params string[] allowed)
    {
        var references = XDocument.Load(Path.Combine(Sources, project, project + ".csproj")).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

        Assert.Empty(references.Except(allowed));
    }

    [Fact]
    public void A_folder_of_the_library_uses_only_folders_before_it()
    {
        var files = Order.Select(folder => Path.Combine(Sources, "Cde.Workbench", folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)).ToList();
        var types = typeof(CdeException).Assembly.GetTypes().Where(type => type.Namespace is not null).Select(type => $"{type.Namespace}.{type.Name.Split('`')[0]}").ToHashSet();

        var uses = files.SelectMany(file => Uses(file, types)).ToList();

        Assert.NotEmpty(uses);
        Assert.Empty(uses.Where(use => Array.IndexOf(Order, use.Used) > Array.IndexOf(Order, use.Folder)).Select(use => $"{use.File} uses {use.Used}"));
    }

    [Fact]
    public void Every_folder_of_the_library_has_a_place_in_the_order()
    {
        var folders = Directory.GetDirectories(Path.Combine(Sources, "Cde.Workbench")).Select(Path.GetFileName).Except(["bin", "obj"]);

        Assert.Empty(folders.Except(Order));
    }

    [Fact]
    public void Hosting_depends_on_no_other_folder_of_its_project()
    {
        var used = Directory.EnumerateFiles(Path.Combine(Sources, "Cde.Kernels", "Hosting"), "*.cs").SelectMany(File.ReadLines)
            .Where(line => line.Contains("Cde.Kernels.", StringComparison.Ordinal) && !line.Contains("Cde.Kernels.Hosting", StringComparison.Ordinal));

        Assert.Empty(used);
    }

    private static IEnumerable<(string File, string Folder, string Used)> Uses(string file, HashSet<string> types)
    {
        var folder = Path.GetRelativePath(Path.Combine(Sources, "Cde.Workbench"), file).Split(Path.DirectorySeparatorChar)[0];
        foreach (var line in File.ReadLines(file).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)))
        {
            foreach (Match use in Qualified().Matches(line))
            {
                // A bare `Text.Length` is a property; `Models.ComputePath` is a type of a sibling namespace.
                var (used, name) = (use.Groups["folder"].Value, use.Groups["type"].Value);
                if (used != folder && Order.Contains(used) && (use.Groups["root"].Success || types.Contains($"Cde.Workbench.{used}.{name}")))
                    yield return (Path.GetFileName(file), folder, used);
            }
        }
    }

    [GeneratedRegex(@"(?<![\w.])(?<root>Cde\.Workbench\.)?(?<folder>[A-Z][a-z]+)(\.(?<type>[A-Z]\w*))?")]
    private static partial Regex Qualified();
}
