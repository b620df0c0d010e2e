using System.Runtime.CompilerServices;
using Microsoft.FSharp.Core;
using Microsoft.FSharp.Reflection;

namespace Cde.Kernels.Displays;

/// <summary>F# unions and options: the case and its fields, without the members that the compiler adds.</summary>
internal static class Unions
{
    /// <summary>The union's case; null for anything else.</summary>
    public static Node? Describe(object value, Description at)
    {
        // Asked by name first, so that F#'s library is loaded for F#'s types alone.
        for (var type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            if (type.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == "Microsoft.FSharp.Core.CompilationMappingAttribute"))
                return Case(value, at);
        }

        return null;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Node? Case(object value, Description at)
    {
        var type = value.GetType();
        if (value is System.Collections.IEnumerable || !FSharpType.IsUnion(type, FSharpOption<System.Reflection.BindingFlags>.None))
            return null;
        var (info, values) = FSharpValue.GetUnionFields(value, type, FSharpOption<System.Reflection.BindingFlags>.None);
        if (values.Length == 0)
            return new Leaf(info.Name, LeafKind.Word);
        if (at.IsDeepest)
            return new Leaf(info.Name, LeafKind.Muted);
        var names = info.GetFields();
        var parts = values.Select((part, index) => new Field(names[index].Name, at.Part(part, values.Length - index))).ToList();
        return new Fields(info.Name, Objects.Preview(parts), parts);
    }
}
