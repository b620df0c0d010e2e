using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Cde.Kernels.Displays;

/// <summary>The public properties and fields of a type that can be shown: those of base types first, in the order of the source.</summary>
internal sealed class Members
{
    private static readonly ConditionalWeakTable<Type, Members> Known = [];

    private readonly MethodInfo? _ownText;

    private Members(Type type)
    {
        const BindingFlags instance = BindingFlags.Public | BindingFlags.Instance;
        var properties = type.GetProperties(instance)
            .Where(property => property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0)
            .Select(property => new Member(property, property.PropertyType, value => property.GetValue(value, BindingFlags.DoNotWrapExceptions, null, null, null)));
        var fields = type.GetFields(instance).Select(field => new Member(field, field.FieldType, field.GetValue));
        List = [.. properties.Concat(fields)
            .Where(member => member.Info.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State != DebuggerBrowsableState.Never)
            .GroupBy(member => member.Name, StringComparer.Ordinal)
            .Select(same => same.MaxBy(member => Depth(member.Info.DeclaringType!))!)
            .OrderBy(member => Depth(member.Info.DeclaringType!))
            .ThenBy(member => member.Info.MetadataToken)];
        _ownText = OwnText(type);
    }

    /// <summary>The members.</summary>
    public IReadOnlyList<Member> List { get; }

    /// <summary>
    /// Whether the type says itself how it reads. The method that the compiler writes for records does not count: it reads every
    /// property once more, and never ends where records refer to each other.
    /// </summary>
    public bool HasOwnText => _ownText is not null;

    /// <summary>The members of a type.</summary>
    public static Members Of(Type type) => Known.GetValue(type, static type => new Members(type));

    private static MethodInfo? OwnText(Type type)
    {
        var method = type.GetMethod(nameof(ToString), Type.EmptyTypes);
        var declared = method?.DeclaringType;
        return declared is null || declared == typeof(object) || declared == typeof(ValueType) || declared.Name.StartsWith("<>", StringComparison.Ordinal)
            || method!.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
            ? null
            : method;
    }

    private static int Depth(Type type)
    {
        var depth = 0;
        for (var at = type.BaseType; at is not null; at = at.BaseType)
            depth++;
        return depth;
    }
}

/// <summary>A property or field.</summary>
/// <param name="Info">Its declaration.</param>
/// <param name="Type">The type of its value.</param>
/// <param name="Read">Reads it.</param>
internal sealed record Member(MemberInfo Info, Type Type, Func<object, object?> Read)
{
    /// <summary>Its name.</summary>
    public string Name => Info.Name;

    /// <summary>Whether its value can be held in a variable of type object: no span and no pointer.</summary>
    public bool IsReadable => !Type.IsByRefLike && !Type.IsPointer && !(Type.IsByRef && Type.GetElementType()!.IsByRefLike);
}
