using System.Reflection;
using FSharp.Compiler.Syntax;
using Microsoft.FSharp.Core;

namespace Cde.Kernels.Languages;

/// <summary>Names as F# code writes them.</summary>
internal static class FSharpNames
{
    /// <summary>Whether a value may be called so without back ticks.</summary>
    public static bool IsIdentifier(string name) =>
        name.Length > 0 && (char.IsLetter(name[0]) || name[0] == '_') && name.All(sign => char.IsLetterOrDigit(sign) || sign is '_' or '\'')
        && name != "_" && PrettyNaming.NormalizeIdentifierBackticks(name) == name;

    /// <summary>A name, in back ticks where it needs them.</summary>
    public static string Quoted(string name) => PrettyNaming.NormalizeIdentifierBackticks(name);

    /// <summary>Whether a type was declared in a cell.</summary>
    public static bool IsOfSession(Type type) => IsOfSession(type.Assembly);

    /// <summary>Whether an assembly is what the compiler made of a cell.</summary>
    public static bool IsOfSession(Assembly assembly) => assembly.GetName().Name?.StartsWith("FSI-ASSEMBLY", StringComparison.Ordinal) == true;

    /// <summary>
    /// A type's name, such as <c>global.System.Collections.Generic.List&lt;global.System.Int32&gt;</c>. Types of F# have another name in the
    /// source than in the assembly, and those of a cell stand in no namespace.
    /// </summary>
    public static string Of(Type type)
    {
        if (type.IsArray)
            return $"({Of(type.GetElementType()!)})[{new string(',', type.GetArrayRank() - 1)}]";
        var arguments = type.GetGenericArguments();
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(FSharpFunc<,>))
            return $"({Of(arguments[0])} -> {Of(arguments[1])})";
        var path = (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.').Split('.').Select(part => part.Split('`')[0]).ToList();
        if (IsOfSession(type))
            path.RemoveAt(0);
        else if (type.Assembly == typeof(Unit).Assembly && path[^1].StartsWith("FSharp", StringComparison.Ordinal))
            path[^1] = path[^1]["FSharp".Length..];
        return (IsOfSession(type) ? "" : "global.") + string.Join('.', path.Select(Quoted)) + (arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(Of))}>");
    }
}
