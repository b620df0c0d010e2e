using System.IO.Compression;
using System.Xml.Linq;
using Cde.Torch.Tests.Api;

namespace Cde.Torch.Tests.Packages;

/// <summary>The packages over TorchSharp, packed against a package of its name whose members are declarations.</summary>
[Trait("Category", "Long")]
public class TorchSharpPackageTests(StubAssembly stub) : IClassFixture<StubAssembly>
{
    [Fact]
    public void Packages_over_TorchSharp_have_the_suffix_and_lean_on_TorchSharp_and_each_other()
    {
        string[] projects = ["Cde.Torch", "Cde.Workbench", "Cde.Kernels"];
        string feed = "";
        foreach (string project in projects)
            feed = stub.Pack($"src/{project}");

        Assert.Equal(
            ["Cde.Kernels.TorchSharp", "Cde.Tool.TorchSharp", "Cde.Torch.TorchSharp", "Cde.Workbench.TorchSharp"],
            Directory.EnumerateFiles(feed, "*.nupkg").Select(path => Path.GetFileName(path).Replace(".0.1.0.nupkg", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains("TorchSharp-cpu", Dependencies("Cde.Torch.TorchSharp"));
        Assert.Contains("Cde.Torch.TorchSharp", Dependencies("Cde.Workbench.TorchSharp"));
        Assert.Contains("Cde.Workbench.TorchSharp", Dependencies("Cde.Kernels.TorchSharp"));
        using var library = Open("Cde.Workbench.TorchSharp");
        Assert.Contains(library.Entries, entry => entry.FullName == "buildTransitive/Cde.Workbench.TorchSharp.targets"); // NuGet imports no other name
        Assert.All(projects, project =>
        {
            using var symbols = ZipFile.OpenRead(Path.Combine(feed, $"{project}.TorchSharp.0.1.0.snupkg"));
            Assert.Contains(symbols.Entries, entry => entry.Name == $"{project}.pdb");
        });

        ZipArchive Open(string id) => ZipFile.OpenRead(Path.Combine(feed, $"{id}.0.1.0.nupkg"));

        string[] Dependencies(string id)
        {
            using var package = Open(id);
            using var nuspec = package.GetEntry($"{id}.nuspec")!.Open();
            return [.. XDocument.Load(nuspec).Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value)];
        }
    }
}
