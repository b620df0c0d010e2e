using System.Reflection;

namespace Cde.Torch.Tests.Api;

/// <summary>XML documentation ids, as the compiler writes them.</summary>
internal static class DocId
{
    public static string Of(MemberInfo member) => member switch
    {
        Type type => "T:" + NameOf(type),
        FieldInfo field => $"F:{NameOf(field.DeclaringType!)}.{field.Name}",
        PropertyInfo property => $"P:{NameOf(property.DeclaringType!)}.{property.Name}{Parameters(property.GetIndexParameters())}",
        EventInfo @event => $"E:{NameOf(@event.DeclaringType!)}.{@event.Name}",
        MethodBase method => OfMethod(method),
        _ => throw new ArgumentException($"{member} has no documentation id."),
    };

    private static string OfMethod(MethodBase method)
    {
        string name = method.Name.Replace('.', '#');
        string arity = method.IsGenericMethod ? "``" + method.GetGenericArguments().Length : "";
        string result = method is MethodInfo { Name: "op_Implicit" or "op_Explicit" } operation ? "~" + Reference(operation.ReturnType) : "";
        return $"M:{NameOf(method.DeclaringType!)}.{name}{arity}{Parameters(method.GetParameters())}{result}";
    }

    private static string Parameters(ParameterInfo[] parameters) =>
        parameters.Length == 0 ? "" : $"({string.Join(",", parameters.Select(parameter => Reference(parameter.ParameterType)))})";

    // The name of a declared type: arity after a backquote, nesting with dots.
    private static string NameOf(Type type) =>
        type.DeclaringType is { } outer ? $"{NameOf(outer)}.{type.Name}" : $"{type.Namespace}.{type.Name}";

    // A type as it is used: arguments in braces.
    private static string Reference(Type type)
    {
        if (type.IsByRef) return Reference(type.GetElementType()!) + "@";
        if (type.IsPointer) return Reference(type.GetElementType()!) + "*";
        if (type.IsArray)
        {
            int rank = type.GetArrayRank();
            return Reference(type.GetElementType()!) + (rank == 1 ? "[]" : $"[{string.Join(",", Enumerable.Repeat("0:", rank))}]");
        }
        if (type.IsGenericParameter) return (type.DeclaringMethod is null ? "`" : "``") + type.GenericParameterPosition;
        var arguments = new Queue<Type>(type.GetGenericArguments());
        return Nested(type, arguments);
    }

    private static string Nested(Type type, Queue<Type> arguments)
    {
        string prefix = type.DeclaringType is { } outer ? Nested(outer, arguments) : type.Namespace!;
        int mark = type.Name.IndexOf('`');
        if (mark < 0) return $"{prefix}.{type.Name}";
        var own = Enumerable.Range(0, int.Parse(type.Name[(mark + 1)..])).Select(_ => Reference(arguments.Dequeue())).ToList();
        return $"{prefix}.{type.Name[..mark]}{{{string.Join(",", own)}}}";
    }
}
