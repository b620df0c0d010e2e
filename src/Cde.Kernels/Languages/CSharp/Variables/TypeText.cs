using System.Reflection;
using Cde.Kernels.Languages.CSharp.Submissions;

namespace Cde.Kernels.Languages.CSharp.Variables;

/// <summary>Writes a type as the source of a cell can name it.</summary>
/// <param name="isCell">Whether an assembly was made of a cell: its types are named without their outer class.</param>
internal sealed class TypeText(Func<Assembly, bool> isCell)
{
    /// <summary>What a variable that holds the value can be declared as, best first: the type itself, the nearest base that has a name, the interfaces, <c>object</c>.</summary>
    /// <param name="type">The type, or the value's own.</param>
    public IEnumerable<(Type Type, string Text)> Candidates(Type type)
    {
        for (var self = type; self is not null && self != typeof(object) && self != typeof(ValueType); self = self.BaseType)
        {
            if (Write(self) is { } text)
                yield return (self, text);
            else if (IsOfOtherLanguage(self))
                yield return (typeof(object), "dynamic");
        }

        // The interface that most others follow from says most.
        foreach (var contract in type.GetInterfaces().OrderByDescending(contract => contract.GetInterfaces().Length).ThenByDescending(contract => contract.IsGenericType))
        {
            if (Write(contract) is { } text)
                yield return (contract, text);
            else if (Widened(contract) is { } widened && Write(widened) is { } wide)
                yield return (widened, wide);
        }

        yield return (typeof(object), "object");
    }

    /// <summary>The type as source; null where no source can name it.</summary>
    public string? Write(Type type)
    {
        if (type.IsByRef || type.IsPointer || type.IsByRefLike || type.IsGenericParameter || type.IsFunctionPointer || type == typeof(void))
            return null;
        if (type.IsArray)
        {
            var ranks = "";
            while (type.IsArray)
            {
                ranks += $"[{new string(',', type.GetArrayRank() - 1)}]";
                type = type.GetElementType()!;
            }

            return Write(type) + ranks is { } text && text.Length > ranks.Length ? text : null;
        }

        return Named(type);
    }

    // What another language compiled in memory is public and yet out of the compiler's reach; bound late, its members are at hand.
    private bool IsOfOtherLanguage(Type type) => type.IsVisible && type.Assembly.Location.Length == 0 && !type.Assembly.IsDynamic && !isCell(type.Assembly);

    private string? Named(Type type)
    {
        var chain = new List<Type>();
        for (var outer = type; outer is not null; outer = outer.DeclaringType)
            chain.Insert(0, outer);
        var isOfCell = isCell(type.Assembly);
        if (isOfCell)
            chain.RemoveAll(outer => outer.Name == ScriptText.ClassName && outer.DeclaringType is null);
        if (chain.Any(outer => outer.Name.Contains('<', StringComparison.Ordinal)) || (!isOfCell && (!type.IsVisible || type.Assembly.IsDynamic || type.Assembly.Location.Length == 0)))
            return null;
        var arguments = new Queue<Type>(type.GetGenericArguments());
        var text = isOfCell ? "" : "global::" + (type.Namespace is { } space ? space + "." : "");
        foreach (var (index, part) in chain.Index())
        {
            var name = part.Name.Split('`');
            text += (index > 0 ? "." : "") + name[0];
            var own = name.Length > 1 ? int.Parse(name[1], System.Globalization.CultureInfo.InvariantCulture) : 0;
            if (own == 0)
                continue;
            var written = Enumerable.Range(0, own).Select(_ => Write(arguments.Dequeue())).ToList();
            if (written.Contains(null))
                return null;
            text += $"<{string.Join(", ", written)}>";
        }

        return text;
    }

    // IEnumerable of a type without a name is an IEnumerable<object> too, where its items are references.
    private static Type? Widened(Type contract)
    {
        if (!contract.IsGenericType)
            return null;
        var open = contract.GetGenericTypeDefinition();
        var parameters = open.GetGenericArguments();
        var arguments = contract.GetGenericArguments();
        var isCovariant = parameters.Zip(arguments).All(pair =>
            (pair.First.GenericParameterAttributes & GenericParameterAttributes.Covariant) != 0 && !pair.Second.IsValueType
            && (pair.First.GenericParameterAttributes & GenericParameterAttributes.SpecialConstraintMask) == 0);
        return isCovariant ? open.MakeGenericType([.. arguments.Select(_ => typeof(object))]) : null;
    }
}
