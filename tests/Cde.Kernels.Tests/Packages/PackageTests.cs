using System.IO.Compression;
using System.Xml.Linq;
using Cde.Kernels.Tests.Jupyter;

namespace Cde.Kernels.Tests.Packages;

/// <summary>The packages as a stranger meets them: from a folder feed, in an empty place.</summary>
[Trait("Category", "Long")]
public sealed class PackageTests(PackageFeed feed) : IClassFixture<PackageFeed>
{
    [Theory]
    [InlineData("Cde.Torch", "lib/net10.0/Cde.Torch.dll")]
    [InlineData("Cde.Workbench", "lib/net10.0/Cde.Workbench.dll datasets/models/cde-mini/model.safetensors buildTransitive/Cde.Workbench.targets")]
    [InlineData("Cde.Kernels", "lib/net10.0/Cde.Kernels.dll interactive-extensions/dotnet/extension.dib")]
    [InlineData("Cde.Tool", "tools/net10.0/any/Cde.Kernels.dll tools/net10.0/any/datasets/models/cde-mini/model.safetensors")]
    public void A_package_has_what_its_users_look_for(string id, string files)
    {
        using var package = ZipFile.OpenRead(Directory.EnumerateFiles(feed.Feed, $"{id}.*.nupkg").Single());
        string[] names = [.. package.Entries.Select(entry => entry.FullName)];
        Assert.All(files.Split(' ').Concat(["README.md", "icon.png"]), file => Assert.Contains(file, names));
        Assert.DoesNotContain(names, name => name.EndsWith("libcde_torch.so", StringComparison.Ordinal)); // it fits one libtorch, the user has another
        using var text = package.GetEntry($"{id}.nuspec")!.Open();
        var metadata = XDocument.Load(text).Root!.Elements().Single();
        string? Value(string name) => metadata.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value;
        Assert.Equal(("MIT", "README.md", "icon.png"), (Value("license"), Value("readme"), Value("icon")));
        if (id != "Cde.Tool")
            Assert.Contains(Directory.EnumerateFiles(feed.Feed, "*.snupkg"), path => Path.GetFileName(path).StartsWith(id + ".", StringComparison.Ordinal));
    }

    [Fact]
    public void The_tool_compiles_its_native_side_and_runs_the_demo_in_an_empty_folder()
    {
        feed.InstallTool();

        var doctor = feed.Run(feed.Tool, feed.At("empty"), ["doctor"]);
        Assert.Contains(feed.At("cache"), doctor, StringComparison.Ordinal); // compiled there, not taken from a checkout
        var demo = feed.Run(feed.Tool, feed.At("empty"), ["demo"]);

        Assert.Contains("nDCG@10", demo, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFiles(feed.At("empty"), "*.html", SearchOption.AllDirectories));
    }

    [Fact]
    public void The_tools_kernel_runs_a_notebook_of_a_Jupyter_client()
    {
        PythonClient.SkipWhereAbsent();
        feed.InstallTool();
        feed.Run(feed.Tool, feed.At("empty"), ["kernel", "install"]);
        const string client = """
            import nbformat, nbclient
            notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("#!cde search \"tides\" --corpus almanac --top 3 --as hits"), nbformat.v4.new_code_cell("hits.Hits.Count")])
            nbclient.NotebookClient(notebook, kernel_name="csharp-cde", timeout=300).execute()
            print(notebook.cells[1].outputs[0]["data"]["text/plain"])
            """;
        Assert.Equal("3", feed.Run(PythonClient.Python, feed.At("empty"), ["-c", client]).Trim());
    }

    [Fact]
    public void A_notebook_takes_the_library_from_a_folder_feed()
    {
        feed.InstallTool();
        File.WriteAllText(
            Path.Combine(Directory.CreateDirectory(feed.At("empty")).FullName, "cells.dib"),
            $$"""
            #!csharp
            #i "nuget: {{feed.Feed}}"
            #r "nuget: Cde.Workbench"
            using Cde.Workbench.Models;
            using (var model = KnownModels.Load("cde-mini"))
                Console.WriteLine($"dimension {model.Dimension}");
            """);

        feed.Run(feed.Tool, feed.At("empty"), ["notebook", "run", "cells.dib", "--out", "cells.ipynb"]);

        Assert.Contains("dimension 192", File.ReadAllText(Path.Combine(feed.At("empty"), "cells.ipynb")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_references_the_library_finds_the_model_and_the_corpora_beside_itself()
    {
        var folder = Directory.CreateDirectory(feed.At("app")).FullName;
        File.WriteAllText(
            Path.Combine(folder, "app.csproj"),
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
              <ItemGroup><PackageReference Include="Cde.Workbench" Version="*" /></ItemGroup>
            </Project>
            """);
        File.WriteAllText(
            Path.Combine(folder, "program.cs"),
            """
            using var model = Cde.Workbench.Models.KnownModels.Load("cde-mini");
            Console.WriteLine($"{model.Dimension} {Cde.Workbench.Corpora.DatasetCatalog.Open("almanac").Corpus().Count > 0}");
            """);

        feed.Run("dotnet", folder, ["build", "--nologo", "-v", "quiet", $"-p:RestoreAdditionalProjectSources={feed.Feed}", "-p:WarningsNotAsErrors=NU1603"]);

        Assert.Equal("192 True", feed.Run("dotnet", folder, ["bin/Debug/net10.0/app.dll"]).Trim());
    }

    [Theory]
    [InlineData("Cde.Torch")]
    [InlineData("Cde.Workbench")]
    [InlineData("Cde.Kernels")]
    public void Over_TorchSharp_a_package_has_another_name(string id) => Assert.Equal(
        $"{id}.TorchSharp",
        feed.Run("dotnet", Cde.Testing.TestFolders.Repository, ["msbuild", $"src/{id}", "-getProperty:PackageId", "-p:TorchBackend=TorchSharp-cpu"], isolated: false).Trim());
}
