using Cde.Kernels.Commands;
using Cde.Kernels.Notebooks;
using Cde.Testing;
using Cde.Workbench;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cde.Kernels.Tests.Interactive;

/// <summary>What the .NET Interactive session compiles is right by syntax, and uses nothing that .NET Interactive does not have.</summary>
public class ExtensionTests
{
    private static readonly Lazy<(MetadataReference Reference, int Members, int LeftOut)> Stubs = new(InteractiveStubs.Compile);

    [Fact]
    public void The_extension_is_one_cell_of_CSharp_that_compiles_against_the_listed_api() => Assert.Empty(Errors(Source()));

    [Theory]
    [InlineData("context.Fail(", "context.Fial(")]
    [InlineData("AllowImplicitName =", "AllowsImplicitName =")]
    [InlineData("AddDirective<CdeWorkbenchCommand>", "AddDirective<string>")]
    [InlineData("Kernel.Root.FindKernelByName(\"csharp\")", "Kernel.Root.FindKernelByName(7)")]
    [InlineData("_context.Publish(new DisplayedValueUpdated(bundle, displayId,", "_context.Publish(new DisplayedValueUpdated(bundle, 1,")]
    [InlineData("command.Parameters", "command.Definition")]
    public void A_member_that_is_not_there_or_not_so_is_found(string right, string wrong)
    {
        var source = Source();
        Assert.Contains(right, source, StringComparison.Ordinal);

        Assert.NotEmpty(Errors(source.Replace(right, wrong, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_check_knows_nearly_all_of_the_list()
    {
        var (_, members, leftOut) = Stubs.Value;

        Assert.InRange(members, 1200, 1400);
        Assert.InRange(leftOut, 0, 20);
    }

    [Fact]
    public void The_package_carries_the_extension_where_it_is_looked_for()
    {
        var project = File.ReadAllText(Path.Combine(TestFolders.Repository, "src", "Cde.Kernels", "Cde.Kernels.csproj"));

        Assert.Contains("<None Include=\"Interactive/extension.dib\" Pack=\"true\" PackagePath=\"interactive-extensions/dotnet\" />", project, StringComparison.Ordinal);
    }

    private static string Source()
    {
        var notebook = NotebookFile.Read(Path.Combine(TestFolders.Repository, "src", "Cde.Kernels", "Interactive", "extension.dib"));
        var cell = Assert.Single(notebook.Cells);
        Assert.Equal("csharp", notebook.LanguageOf(cell));
        return cell.Source;
    }

    /// <summary>What the compiler says of the cell, compiled as .NET Interactive's C# kernel does: a script with its default usings.</summary>
    private static IEnumerable<string> Errors(string source)
    {
        MetadataReference[] references = [.. InteractiveStubs.Platform, Stubs.Value.Reference];
        string[] usings = ["System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq"];
        var compilation = CSharpCompilation.CreateScriptCompilation(
            "extension", CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.CSharp13, kind: SourceCodeKind.Script)), references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, usings: usings));
        Assert.NotNull(compilation.GetTypeByMetadataName(typeof(CommandCatalog).FullName!));
        Assert.NotNull(compilation.GetTypeByMetadataName(typeof(CdeException).FullName!));
        return compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString());
    }
}
