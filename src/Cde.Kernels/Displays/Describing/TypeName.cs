using System.Runtime.CompilerServices;

namespace Cde.Kernels.Displays;

/// <summary>Types as C# writes them: <c>Dictionary&lt;string, int[]&gt;</c>, <c>int?</c>, <c>(int, string)</c>.</summary>
internal static class TypeName
{
    /// <summary>The name without namespaces.</summary>
    public static string Of(Type type)
    {
        if (type.IsArray)
            return ElementName(type, out var brackets) + brackets;
        if (type.IsByRef || type.IsPointer)
            return Of(type.GetElementType()!) + (type.IsByRef ? "&" : "*");
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Of(underlying) + "?";
        if (type.IsEnum || type.IsGenericParameter)
            return type.Name;
        if (type.Name.StartsWith("<>", StringComparison.Ordinal))
            return "anonymous";
        var arguments = type.GetGenericArguments();
        if (type.IsValueType && typeof(ITuple).IsAssignableFrom(type) && !type.IsGenericTypeDefinition)
            return arguments.Length == 0 ? "ValueTuple" : $"({string.Join(", ", arguments.Select(Of))})";
        return Keyword(type) ?? Nested(type, arguments);
    }

    private static string ElementName(Type array, out string brackets)
    {
        brackets = "";
        while (array.IsArray)
        {
            brackets += $"[{new string(',', array.GetArrayRank() - 1)}]";
            array = array.GetElementType()!;
        }

        return Of(array);
    }

    private static string Nested(Type type, Type[] arguments)
    {
        var name = type.Name;
        var mark = name.IndexOf('`', StringComparison.Ordinal);
        var outerCount = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        if (mark >= 0)
            name = $"{name[..mark]}<{string.Join(", ", arguments.Skip(outerCount).Select(Of))}>";
        // A type of a notebook's cell is nested in a class that stands for the cell, whose name says nothing.
        return type.DeclaringType is { } outer && !outer.Name.Contains('#', StringComparison.Ordinal) && !outer.Name.StartsWith("FSI_", StringComparison.Ordinal)
            ? $"{Nested(outer, arguments)}.{name}"
            : name;
    }

    private static string? Keyword(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => "bool",
        TypeCode.Byte => "byte",
        TypeCode.SByte => "sbyte",
        TypeCode.Int16 => "short",
        TypeCode.UInt16 => "ushort",
        TypeCode.Int32 => "int",
        TypeCode.UInt32 => "uint",
        TypeCode.Int64 => "long",
        TypeCode.UInt64 => "ulong",
        TypeCode.Single => "float",
        TypeCode.Double => "double",
        TypeCode.Decimal => "decimal",
        TypeCode.Char => "char",
        TypeCode.String => "string",
        _ => type == typeof(object) ? "object" : type == typeof(void) ? "void" : null,
    };
}
