using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cde.Kernels.Languages.CSharp;

/// <summary>One compiled cell.</summary>
/// <param name="Compilation">What it was compiled from; the next one continues it.</param>
/// <param name="Slot">Where its object lies among those of all cells; 0 where it has no code.</param>
/// <param name="Factory">Starts it; null where it has no code.</param>
/// <param name="HasValue">Its last expression has a value to show.</param>
internal sealed record Submission(CSharpCompilation Compilation, int Slot, MethodInfo? Factory, bool HasValue)
{
    /// <summary>The variables that it declares.</summary>
    public IEnumerable<ISymbol> Variables => Compilation.ScriptClass is { } script
        ? script.GetMembers().Where(member => member is { CanBeReferencedByName: true, IsImplicitlyDeclared: false } and (IFieldSymbol or IPropertySymbol { IsIndexer: false }))
        : [];
}
