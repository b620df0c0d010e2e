using System.Reflection;
using System.Runtime.CompilerServices;

namespace Cde.Torch.Tests.Api;

/// <summary>Types as C# writes them, without namespaces and without marks on nullable references.</summary>
internal static class TypeText
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint",
    };

    /// <summary>The type of something whose attributes name the elements of tuples.</summary>
    public static string Of(Type type, ICustomAttributeProvider? source = null)
    {
        var attribute = source?.GetCustomAttributes(typeof(TupleElementNamesAttribute), false).Cast<TupleElementNamesAttribute>().FirstOrDefault();
        return Text(type, new Queue<string?>(attribute?.TransformNames ?? []));
    }

    /// <summary>A type's own name with its type parameters, nesting with dots.</summary>
    public static string Declared(Type type) => Nested(type, new Queue<Type>(type.GetGenericArguments()), new Queue<string?>());

    // Names of tuple elements stand in one list in the order in which the tuples open.
    private static string Text(Type type, Queue<string?> names)
    {
        if (Keywords.TryGetValue(type, out string? keyword)) return keyword;
        if (type.IsByRef) return Text(type.GetElementType()!, names);
        if (type.IsPointer) return Text(type.GetElementType()!, names) + "*";
        if (type.IsArray) return $"{Text(type.GetElementType()!, names)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsGenericParameter) return type.Name;
        if (Nullable.GetUnderlyingType(type) is { } value) return Text(value, names) + "?";
        if (type.IsGenericType && type.FullName?.StartsWith("System.ValueTuple`") != false && type.Name.StartsWith("ValueTuple`"))
            return Tuple(type, names);
        return Nested(type, new Queue<Type>(type.GetGenericArguments()), names);
    }

    private static string Tuple(Type type, Queue<string?> names)
    {
        var elements = type.GetGenericArguments();
        var own = elements.Select(_ => names.Count > 0 ? names.Dequeue() : null).ToList();
        return $"({string.Join(", ", elements.Select((element, i) => Text(element, names) + (own[i] is null ? "" : " " + own[i])))})";
    }

    private static string Nested(Type type, Queue<Type> arguments, Queue<string?> names)
    {
        string prefix = type.DeclaringType is { } outer && !type.IsGenericParameter ? Nested(outer, arguments, names) + "." : "";
        int mark = type.Name.IndexOf('`');
        if (mark < 0) return prefix + type.Name;
        var own = Enumerable.Range(0, int.Parse(type.Name[(mark + 1)..])).Select(_ => Text(arguments.Dequeue(), names)).ToList();
        return $"{prefix}{type.Name[..mark]}<{string.Join(", ", own)}>";
    }
}
