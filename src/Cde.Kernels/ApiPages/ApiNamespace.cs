using Microsoft.CodeAnalysis;

namespace Cde.Kernels.ApiPages;

/// <summary>A namespace of one assembly with its public types.</summary>
/// <param name="symbol">The namespace as the compiler sees it in that assembly.</param>
internal sealed class ApiNamespace(INamespaceSymbol symbol)
{
    /// <summary>Its full name.</summary>
    public string Name { get; } = symbol.ToDisplayString();

    /// <summary>The page's file name.</summary>
    public string FileName => Name + ".md";

    /// <summary>Public types by name, nested ones behind the type that holds them.</summary>
    public IReadOnlyList<INamedTypeSymbol> Types { get; } = [.. symbol.GetTypeMembers().OrderBy(type => type.Name, StringComparer.Ordinal).ThenBy(type => type.Arity).SelectMany(Public)];

    private static IEnumerable<INamedTypeSymbol> Public(INamedTypeSymbol type) => type.DeclaredAccessibility == Accessibility.Public && type.CanBeReferencedByName
        ? type.GetTypeMembers().OrderBy(nested => nested.Name, StringComparer.Ordinal).SelectMany(Public).Prepend(type)
        : [];
}
