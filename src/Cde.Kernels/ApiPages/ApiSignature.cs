using Microsoft.CodeAnalysis;

namespace Cde.Kernels.ApiPages;

/// <summary>Types and members as C# declares them, without bodies.</summary>
internal static class ApiSignature
{
    private const SymbolDisplayMiscellaneousOptions Words =
        SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
        | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.AllowDefaultLiteral;

    private static readonly SymbolDisplayFormat MemberFormat = new(
        SymbolDisplayGlobalNamespaceStyle.Omitted,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeModifiers
            | SymbolDisplayMemberOptions.IncludeConstantValue | SymbolDisplayMemberOptions.IncludeRef,
        SymbolDisplayDelegateStyle.NameAndSignature,
        SymbolDisplayExtensionMethodStyle.StaticMethod,
        SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue
            | SymbolDisplayParameterOptions.IncludeParamsRefOut | SymbolDisplayParameterOptions.IncludeExtensionThis,
        SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        miscellaneousOptions: Words);

    private static readonly SymbolDisplayFormat TypeFormat = new(
        SymbolDisplayGlobalNamespaceStyle.Omitted,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeVariance,
        delegateStyle: SymbolDisplayDelegateStyle.NameAndSignature,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName,
        miscellaneousOptions: Words);

    private static readonly SymbolDisplayFormat NameFormat = new(
        SymbolDisplayGlobalNamespaceStyle.Omitted,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: Words);

    /// <summary>A type's name with its type parameters, behind those that hold it.</summary>
    public static string Name(INamedTypeSymbol type) => type.ToDisplayString(NameFormat);

    /// <summary>A member: <c>static Task&lt;CorpusContext&gt; BuildAsync(...)</c>.</summary>
    public static string Of(ISymbol member) => member switch
    {
        IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum, ConstantValue: var value } => $"{member.Name} = {value}",
        _ => member.ToDisplayString(MemberFormat),
    };

    /// <summary>A type with its kind and what it derives from.</summary>
    public static string Of(INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Delegate)
            return $"public delegate {type.ToDisplayString(TypeFormat)}";
        var modifiers = type switch
        {
            { IsStatic: true } => "static ",
            { TypeKind: not TypeKind.Class } => type is { TypeKind: TypeKind.Struct, IsReadOnly: true } ? "readonly " : "",
            { IsAbstract: true } => "abstract ",
            { IsSealed: true } => "sealed ",
            _ => "",
        };
        var kind = type.TypeKind switch
        {
            TypeKind.Interface => "interface",
            TypeKind.Enum => "enum",
            TypeKind.Struct => "struct",
            _ => type.IsRecord ? "record" : "class",
        };
        List<string> bases = [.. Bases(type).Select(parent => parent.ToDisplayString(TypeFormat)).Order(StringComparer.Ordinal)];
        if (type is { TypeKind: TypeKind.Class, BaseType: { SpecialType: SpecialType.None } parent })
            bases.Insert(0, parent.ToDisplayString(TypeFormat));
        return $"public {modifiers}{kind} {type.ToDisplayString(TypeFormat)}{(bases.Count > 0 ? " : " + string.Join(", ", bases) : "")}";
    }

    // Of a record's own equality, and of what another interface in the list brings, nothing is said.
    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type) => type.TypeKind == TypeKind.Enum
        ? []
        : type.Interfaces.Where(one => one.DeclaredAccessibility == Accessibility.Public && !(one.Name == "IEquatable" && SymbolEqualityComparer.Default.Equals(one.TypeArguments.FirstOrDefault(), type)))
            .Where(one => !type.Interfaces.Any(other => other.AllInterfaces.Contains(one, SymbolEqualityComparer.Default)));
}
