namespace Cde.Kernels.Languages.CSharp;

/// <summary>How C# code writes a type.</summary>
internal static class TypeExpression
{
    /// <summary>The type as an expression. One that code cannot name (private, anonymous, generated) becomes the nearest base type or interface that it can, at last <c>dynamic</c>.</summary>
    public static string Of(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Of(underlying) + "?";
        if (type.IsArray)
            return $"{Of(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsPointer || type.IsByRef || type.IsByRefLike)
            return "dynamic";
        if (IsNameable(type))
            return Name(type);
        var candidates = BaseTypes(type).Where(one => one != typeof(object) && one != typeof(ValueType))
            .Concat(type.GetInterfaces().OrderByDescending(one => one.GetInterfaces().Length));
        return candidates.FirstOrDefault(IsNameable) is { } visible ? Name(visible) : "dynamic";
    }

    private static bool IsNameable(Type type)
    {
        var isPublic = type.IsNested ? type.IsNestedPublic && IsSubmissionOrNameable(type.DeclaringType!) : type.IsPublic;
        return isPublic && !type.Name.Contains('<', StringComparison.Ordinal) && type.GetGenericArguments().All(argument => Of(argument) != "dynamic" && IsNameable(Element(argument)));
    }

    private static Type Element(Type type) => type.IsArray ? Element(type.GetElementType()!) : type;

    private static bool IsSubmissionOrNameable(Type type) => IsSubmission(type) || IsNameable(type);

    // Types that cells declare are nested in the class their cell compiles to, and written without it.
    private static bool IsSubmission(Type type) => type.Name.StartsWith("Submission#", StringComparison.Ordinal);

    private static string Name(Type type)
    {
        var arguments = type.GetGenericArguments();
        return Name(type, arguments);
    }

    private static string Name(Type type, Type[] arguments)
    {
        var outer = type.DeclaringType is { } declaring
            ? IsSubmission(declaring) ? "" : Name(declaring, [.. arguments.Take(declaring.GetGenericArguments().Length)]) + "."
            : type.Namespace is { Length: > 0 } space ? $"global::{space}." : "global::";
        var own = arguments.Skip(type.DeclaringType?.GetGenericArguments().Length ?? 0).ToList();
        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        return outer + (tick < 0 ? type.Name : $"{type.Name[..tick]}<{string.Join(", ", own.Select(Of))}>");
    }

    private static IEnumerable<Type> BaseTypes(Type type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
            yield return current;
    }
}
