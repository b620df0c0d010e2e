using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Cde.Kernels.Languages.CSharp.Submissions;

/// <summary>How the text of cells is read and compiled.</summary>
internal static class ScriptText
{
    /// <summary>The name of the class that each cell becomes; it shows in the full names of types that cells declare.</summary>
    public const string ClassName = "Cell";

    /// <summary>How cells are parsed.</summary>
    public static CSharpParseOptions Options { get; } = new(LanguageVersion.Latest, DocumentationMode.Parse, SourceCodeKind.Script);

    /// <summary>How cells are compiled: optimised, since nothing steps through them, and their loops are the user's work.</summary>
    public static CSharpCompilationOptions CompilationOptions { get; } = new(
        OutputKind.DynamicallyLinkedLibrary,
        scriptClassName: ClassName,
        optimizationLevel: OptimizationLevel.Release,
        allowUnsafe: true,
        concurrentBuild: false,
        nullableContextOptions: NullableContextOptions.Disable,
        metadataImportOptions: MetadataImportOptions.Public);

    /// <summary>Parses a cell.</summary>
    /// <param name="code">The code.</param>
    /// <param name="path">What stands for its file in errors and debug information.</param>
    public static SyntaxTree Parse(string code, string path) => CSharpSyntaxTree.ParseText(SourceText.From(code, Encoding.UTF8), Options, path);

    /// <summary>Whether the code ends with an expression whose value is the cell's, or returns one.</summary>
    /// <param name="compilation">A compilation of the code without errors; its last tree is the cell's, those before are loaded files.</param>
    public static bool HasValue(CSharpCompilation compilation)
    {
        var tree = compilation.SyntaxTrees[^1];
        var root = (CompilationUnitSyntax)tree.GetRoot();
        if (root.DescendantNodes(node => node is CompilationUnitSyntax or GlobalStatementSyntax or StatementSyntax and not LocalFunctionStatementSyntax).OfType<ReturnStatementSyntax>().Any(one => one.Expression is not null))
            return true;
        if (root.Members.OfType<GlobalStatementSyntax>().LastOrDefault() is not { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last })
            return false;
        return compilation.GetSemanticModel(tree).GetTypeInfo(last.Expression).ConvertedType is { SpecialType: not SpecialType.System_Void };
    }
}
