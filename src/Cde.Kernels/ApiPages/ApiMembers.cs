using Microsoft.CodeAnalysis;

namespace Cde.Kernels.ApiPages;

/// <summary>Which members of a type are listed, and in which order.</summary>
internal static class ApiMembers
{
    /// <summary>What code outside can use, without what the compiler makes: constructors, then fields, properties, methods and operators by name.</summary>
    public static IEnumerable<ISymbol> Of(INamedTypeSymbol type) => type.TypeKind == TypeKind.Delegate
        ? []
        : type.GetMembers()
            .Where(member => member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal)
            .Where(member => member is not (INamedTypeSymbol or IMethodSymbol { MethodKind: not (MethodKind.Constructor or MethodKind.Ordinary or MethodKind.UserDefinedOperator or MethodKind.Conversion) }))
            .Where(member => !IsMade(member) && !(member is IFieldSymbol field && (field.Name == "value__" || !field.CanBeReferencedByName)))
            .OrderBy(Rank)
            .ThenBy(member => type.TypeKind == TypeKind.Enum ? "" : member.Name, StringComparer.Ordinal)
            .ThenBy(member => type.TypeKind == TypeKind.Enum ? 0 : (member as IMethodSymbol)?.Parameters.Length ?? 0)
            .ThenBy(member => type.TypeKind == TypeKind.Enum ? "" : member.GetDocumentationCommentId(), StringComparer.Ordinal);

    private static int Rank(ISymbol member) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor } => 0,
        IFieldSymbol => 1,
        IPropertySymbol => 2,
        IEventSymbol => 3,
        IMethodSymbol { MethodKind: MethodKind.Ordinary } => 4,
        _ => 5,
    };

    // A record's equality, printing and copying; a constructor that nobody wrote.
    private static bool IsMade(ISymbol member) => member switch
    {
        _ when member.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "CompilerGeneratedAttribute") => true,
        IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.Length: 0 } => member.GetDocumentationCommentXml() is null or "",
        IMethodSymbol { Name: "Deconstruct" or "PrintMembers" or "<Clone>$" } => member.ContainingType.IsRecord,
        IPropertySymbol { Name: "EqualityContract" } => true,
        _ => false,
    };
}
