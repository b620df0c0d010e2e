using System.IO.Compression;
using Cde.Kernels.Cells;
using Cde.Kernels.Languages;
using Cde.Kernels.Languages.CSharp;
using Cde.Kernels.Languages.CSharp.Submissions;
using Cde.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cde.Kernels.Tests.Languages.FSharp;

public sealed class FSharpPackagesTests
{
    [Fact]
    [Trait("Category", "Long")]
    public async Task A_packages_type_is_one_type_in_both_languages()
    {
        using var folder = new TemporaryFolder();
        Pack(folder, "Cde.Test.Fruit");
        var csharp = new CSharpLanguage(folder.Path);
        using var fsharp = new FSharpLanguage(folder.Path, csharp);

        await csharp.RunAsync($"#i \"nuget: {folder.Path}\"\n#r \"nuget: Cde.Test.Fruit, 1.0.0\"\nvar apple = new Fruits.Fruit {{ Name = \"apple\" }};");
        var name = await fsharp.RunAsync($"#i \"nuget: {folder.Path}\"\n#r \"nuget: Cde.Test.Fruit, 1.0.0\"\nlet pear = Fruits.Fruit(Name = \"pear\")\npear.Name");
        await ValueSharing.ShareAsync(csharp, "apple", fsharp);
        await ValueSharing.ShareAsync(fsharp, "pear", csharp);

        Assert.Equal("pear", name!.Value);
        Assert.Equal("apple", (await fsharp.RunAsync("(apple: Fruits.Fruit).Name"))!.Value);
        Assert.Equal("pear", (await csharp.RunAsync("((Fruits.Fruit)pear).Name"))!.Value);
        Assert.Same(ValueSharing.Take(csharp, "apple").Type, ValueSharing.Take(fsharp, "pear").Type);
    }

    [Fact]
    public async Task A_package_line_that_is_not_written_right_is_refused()
    {
        using var fsharp = new FSharpLanguage();

        var error = await Assert.ThrowsAsync<CellFailedException>(() => fsharp.RunAsync("\n#r \"nuget: no such name\""));

        Assert.Equal(2, error.Error.Line);
    }

    /// <summary>A package of one class, as a file in the folder.</summary>
    private static void Pack(TemporaryFolder folder, string id)
    {
        var compilation = CSharpCompilation.Create(
            id, [CSharpSyntaxTree.ParseText("namespace Fruits; public class Fruit { public string Name { get; set; } = \"\"; }")],
            FrameworkReferences.Usual, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var file = ZipFile.Open(Path.Combine(folder.Path, id + ".1.0.0.nupkg"), ZipArchiveMode.Create);
        using (var writer = new StreamWriter(file.CreateEntry(id + ".nuspec").Open()))
        {
            writer.Write($"<package><metadata><id>{id}</id><version>1.0.0</version><authors>test</authors><description>test</description>"
                + "<dependencies><group targetFramework=\"net10.0\" /></dependencies></metadata></package>");
        }

        using var assembly = file.CreateEntry($"lib/net10.0/{id}.dll").Open();
        Assert.True(compilation.Emit(assembly).Success);
    }
}
