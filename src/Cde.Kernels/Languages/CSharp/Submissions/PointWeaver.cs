using System.Diagnostics;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cde.Kernels.Languages.CSharp.Submissions;

/// <summary>
/// Puts the points where an interrupt is let in into the compiled code of a cell: at the head of every loop, at the start of
/// methods that make calls, behind every await. IL is the place for it, because lambdas, queries and iterators are all methods and branches there.
/// </summary>
internal static class PointWeaver
{
    /// <summary>Whether there is anything to weave: a cell of plain statements has no place where it could stay.</summary>
    public static bool IsNeeded(CSharpCompilation compilation) => compilation.SyntaxTrees.Any(tree => tree.GetRoot().DescendantNodes().Any(node =>
        node is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax or GotoStatementSyntax
            or AwaitExpressionSyntax or LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: not 0 } or UsingStatementSyntax { AwaitKeyword.RawKind: not 0 }
            or AnonymousFunctionExpressionSyntax or QueryExpressionSyntax or BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax
            or BaseTypeDeclarationSyntax or BasePropertyDeclarationSyntax));

    /// <summary>Weaves the points into a module.</summary>
    /// <param name="image">The module.</param>
    /// <param name="symbols">Its portable debug information.</param>
    /// <returns>The module and its debug information; as they were where the weaver cannot read them, which leaves the cell running but harder to stop.</returns>
    public static (MemoryStream Image, MemoryStream Symbols) Weave(byte[] image, byte[] symbols)
    {
        try
        {
            using var module = ModuleDefinition.ReadModule(new MemoryStream(image), new ReaderParameters
            {
                ReadSymbols = true,
                SymbolStream = new MemoryStream(symbols),
                SymbolReaderProvider = new PortablePdbReaderProvider(),
            });
            var points = new PointReferences(module);
            foreach (var method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody))
                new MethodWeaver(method, points).Weave();
            var (wovenImage, wovenSymbols) = (new MemoryStream(), new MemoryStream());
            module.Write(wovenImage, new WriterParameters { WriteSymbols = true, SymbolStream = wovenSymbols, SymbolWriterProvider = new PortablePdbWriterProvider() });
            return (new MemoryStream(wovenImage.ToArray()), new MemoryStream(wovenSymbols.ToArray()));
        }
        catch (Exception failure) when (failure is NotSupportedException or ArgumentException or InvalidOperationException or AssemblyResolutionException or BadImageFormatException)
        {
            Trace.TraceWarning("a cell was left without interrupt points: {0}", failure.Message);
            return (new MemoryStream(image), new MemoryStream(symbols));
        }
    }
}
