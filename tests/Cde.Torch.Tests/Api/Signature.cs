using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Cde.Torch.Tests.Api;

/// <summary>Members as the list writes them: C# declarations without bodies.</summary>
internal static class Signature
{
    public static string Of(MemberInfo member) =>
        (member is not Type && member.GetCustomAttribute<ObsoleteAttribute>() is { } obsolete ? $"[Obsolete(\"{obsolete.Message}\")] " : "") + Plain(member);

    public static bool IsVisible(MethodBase? method) => method is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true };

    private static string Plain(MemberInfo member) => member switch
    {
        Type type => OfType(type),
        FieldInfo field => OfField(field),
        PropertyInfo property => OfProperty(property),
        MethodBase method => OfMethod(method),
        _ => throw new ArgumentException($"{member} is not in the list's form."),
    };

    private static string OfType(Type type)
    {
        string access = type.IsPublic || type.IsNestedPublic ? "public" : type.IsNestedFamORAssem ? "protected internal" : "protected";
        string name = TypeText.Declared(type);
        if (type.IsEnum) return $"{access} enum {name} : {TypeText.Of(Enum.GetUnderlyingType(type))}";
        if (type.IsSubclassOf(typeof(MulticastDelegate)))
        {
            var invoke = type.GetMethod("Invoke")!;
            return $"{access} delegate {TypeText.Of(invoke.ReturnType, invoke.ReturnParameter)} {name}({Parameters(invoke)})";
        }
        string kind = type.IsInterface ? "interface"
            : type.IsValueType ? (type.IsDefined(typeof(IsReadOnlyAttribute), false) ? "readonly struct" : "struct")
            : type is { IsAbstract: true, IsSealed: true } ? "static class"
            : type.IsAbstract ? "abstract class"
            : type.IsSealed ? "sealed class" : "class";
        var bases = new List<string>();
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType)) bases.Add(TypeText.Of(parent));
        var inherited = type.GetInterfaces().SelectMany(item => item.GetInterfaces()).Concat(type.BaseType?.GetInterfaces() ?? []).ToHashSet();
        bases.AddRange(type.GetInterfaces().Where(item => !inherited.Contains(item)).Select(item => TypeText.Of(item)).Order(StringComparer.Ordinal));
        return $"{access} {kind} {name}{(bases.Count > 0 ? " : " : "")}{string.Join(", ", bases)}{Constraints(type.GetGenericArguments())}";
    }

    private static string OfField(FieldInfo field)
    {
        if (field.DeclaringType!.IsEnum) return $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}";
        string access = field.IsPublic ? "public" : field.IsFamilyOrAssembly ? "protected internal" : "protected";
        string kind = field.IsLiteral ? " const" : (field.IsStatic ? " static" : "") + (field.IsInitOnly ? " readonly" : "");
        string value = field.IsLiteral ? " = " + Constant(field.GetRawConstantValue(), field.FieldType) : "";
        return $"{access}{kind} {TypeText.Of(field.FieldType, field)} {field.Name}{value}";
    }

    private static string OfProperty(PropertyInfo property)
    {
        var accessors = new[] { property.GetMethod, property.SetMethod }.Where(IsVisible).Select(accessor => accessor!).ToList();
        var widest = accessors.MaxBy(accessor => accessor.IsPublic ? 2 : accessor.IsFamilyOrAssembly ? 1 : 0)!;
        var index = property.GetIndexParameters();
        string name = index.Length > 0 ? $"this[{string.Join(", ", index.Select(Parameter))}]" : property.Name;
        string body = string.Concat(accessors.Select(accessor =>
            $"{(Access(accessor) == Access(widest) ? "" : Access(accessor) + " ")}{(accessor == property.GetMethod ? "get" : "set")}; "));
        return $"{Modifiers(widest)} {TypeText.Of(property.PropertyType, property)} {name} {{ {body}}}";
    }

    private static string OfMethod(MethodBase method)
    {
        if (method is ConstructorInfo)
        {
            string type = method.DeclaringType!.Name;
            return $"{Access(method)} {(type.Contains('`') ? type[..type.IndexOf('`')] : type)}({Parameters(method)})";
        }
        var function = (MethodInfo)method;
        string generic = function.IsGenericMethod ? $"<{string.Join(", ", function.GetGenericArguments().Select(argument => argument.Name))}>" : "";
        string constraints = function.IsGenericMethod && !IsOverride(function) ? Constraints(function.GetGenericArguments()) : "";
        return $"{Modifiers(function)} {TypeText.Of(function.ReturnType, function.ReturnParameter)} {function.Name}{generic}({Parameters(function)}){constraints}";
    }

    private static string Modifiers(MethodInfo method)
    {
        string kind = method.DeclaringType!.IsInterface ? ""
            : method.IsStatic ? " static"
            : method.IsAbstract ? " abstract"
            : IsOverride(method) ? " override"
            : method is { IsVirtual: true, IsFinal: false } ? " virtual" : "";
        return Access(method) + kind;
    }

    private static bool IsOverride(MethodInfo method) => method.IsVirtual && method.GetBaseDefinition().DeclaringType != method.DeclaringType;

    private static string Access(MethodBase method) =>
        method.IsPublic ? "public" : method.IsFamilyOrAssembly ? "protected internal" : "protected";

    private static string Parameters(MethodBase method)
    {
        string self = method.IsDefined(typeof(ExtensionAttribute), false) ? "this " : "";
        return self + string.Join(", ", method.GetParameters().Select(Parameter));
    }

    private static string Parameter(ParameterInfo parameter)
    {
        string kind = parameter.IsDefined(typeof(ParamArrayAttribute), false) ? "params "
            : !parameter.ParameterType.IsByRef ? ""
            : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        string value = parameter.HasDefaultValue ? " = " + Constant(parameter.RawDefaultValue, parameter.ParameterType) : "";
        return $"{kind}{TypeText.Of(parameter.ParameterType, parameter)} {parameter.Name}{value}";
    }

    private static string Constant(object? value, Type type)
    {
        var underlying = Nullable.GetUnderlyingType(type) ?? type;
        if (value is null) return type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null";
        if (underlying.IsEnum) return $"{underlying.Name}.{Enum.GetName(underlying, Enum.ToObject(underlying, value))}";
        return value switch
        {
            bool truth => truth ? "true" : "false",
            string text => $"\"{text}\"",
            char letter => $"'{letter}'",
            float number => number.ToString("R", CultureInfo.InvariantCulture) + "f",
            double number => number.ToString("R", CultureInfo.InvariantCulture) is var text && text.AsSpan().IndexOfAny('.', 'E') >= 0 ? text : text + ".0",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
    }

    private static string Constraints(Type[] parameters) => string.Concat(parameters.Select(parameter =>
    {
        var kinds = new List<string>();
        var attributes = parameter.GenericParameterAttributes;
        bool isValue = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        bool isUnmanaged = parameter.GetCustomAttributesData().Any(data => data.AttributeType.Name == "IsUnmanagedAttribute");
        if (isUnmanaged) kinds.Add("unmanaged");
        else if (isValue) kinds.Add("struct");
        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint)) kinds.Add("class");
        kinds.AddRange(parameter.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(type => TypeText.Of(type)));
        if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isValue) kinds.Add("new()");
        return kinds.Count == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", kinds)}";
    }));
}
