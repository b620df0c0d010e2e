using System.Text;

namespace Cde.Workbench.Corpora;

/// <summary>
/// Makes documentation ids readable: <c>M:System.Collections.Generic.List`1.AddRange(System.Collections.Generic.IEnumerable{`0})</c>
/// becomes <c>List&lt;T&gt;.AddRange(IEnumerable&lt;T&gt;)</c>. Namespaces go, names of type parameters come from the documentation.
/// </summary>
internal static class MemberSignature
{
    /// <summary>What a member is, by the first letter of its id.</summary>
    public static string Kind(string id) => id[0] switch
    {
        'T' => "type",
        'F' => "field",
        'P' => "property",
        'E' => "event",
        'N' => "namespace",
        _ => id.Contains("#ctor", StringComparison.Ordinal) ? "constructor" : "method",
    };

    /// <summary>The id of the type that a member belongs to: <c>T:</c> and its full name.</summary>
    public static string DeclaringType(string id)
    {
        var name = NameOf(id);
        var dot = name.LastIndexOf('.');
        return dot < 0 ? "T:" + name : "T:" + name[..dot];
    }

    /// <summary>The readable name of a member with its parameter types.</summary>
    /// <param name="id">The documentation id.</param>
    /// <param name="typeNames">Type parameters of the declaring type (of the type itself for a type).</param>
    /// <param name="methodNames">Type parameters of the method.</param>
    public static string Readable(string id, IReadOnlyList<string> typeNames, IReadOnlyList<string> methodNames)
    {
        var name = NameOf(id);
        var type = id[0] is 'T' or 'N' ? name : DeclaringType(id);
        typeNames = Named(typeNames, Arity(type[(type.LastIndexOf('.') + 1)..], "`"));
        methodNames = Named(methodNames, Arity(name, "``"));
        var readable = id[0] is 'T' or 'N' ? TypeName(name, typeNames) : MemberName(name, typeNames, methodNames);
        var open = id.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
            return id[0] == 'M' ? readable + "()" : readable;
        var close = id.LastIndexOf(')') is var last && last > open ? last : id.Length;
        var types = SplitArguments(id[(open + 1)..close]).Select(type => Argument(type, typeNames, methodNames));
        var brackets = id[0] == 'P' ? "[]" : "()";
        var result = id.IndexOf('~', close);
        return $"{readable}{brackets[0]}{string.Join(", ", types)}{brackets[1]}"
            + (result < 0 ? "" : " " + Argument(id[(result + 1)..], typeNames, methodNames));
    }

    /// <summary>A reference in running text: <c>JsonDocument</c> for a type, <c>JsonDocument.Parse</c> for a member.</summary>
    public static string ShortReference(string cref)
    {
        var name = NameOf(cref);
        var braces = name.IndexOf('{', StringComparison.Ordinal);
        if (braces >= 0)
            name = name[..braces];
        var parts = WithoutArity(name.Replace("#ctor", "ctor", StringComparison.Ordinal)).Split('.');
        var isType = cref.Length < 2 || cref[1] != ':' || cref[0] is 'T' or 'N' or '!';
        return isType || parts.Length < 2 ? parts[^1]
            : parts[^1] == "ctor" ? parts[^2]
            : $"{parts[^2]}.{parts[^1]}";
    }

    // The full name without the letter before it and the parameters after it.
    private static string NameOf(string id)
    {
        var start = id.Length > 1 && id[1] == ':' ? 2 : 0;
        var end = id.AsSpan().IndexOfAny('(', '~');
        return id[start..(end < 0 ? id.Length : end)];
    }

    private static string MemberName(string name, IReadOnlyList<string> typeNames, IReadOnlyList<string> methodNames)
    {
        var dot = name.LastIndexOf('.');
        var member = name[(dot + 1)..];
        var type = TypeName(dot < 0 ? "" : name[..dot], typeNames);
        if (member.StartsWith("#c", StringComparison.Ordinal)) // #ctor, #cctor
            return type;
        var tick = member.IndexOf("``", StringComparison.Ordinal);
        if (tick >= 0)
            member = member[..tick] + Brackets(ParseCount(member.AsSpan(tick + 2)), methodNames);
        return type + "." + Explicit(member);
    }

    // System#Collections#Generic#ICollection{T}#Add: an interface's member, implemented explicitly.
    private static string Explicit(string member)
    {
        var end = member.LastIndexOf('#');
        if (end < 0)
            return member;
        var owner = member[..end].Replace('#', '.').Replace('@', ',');
        return $"{Argument(owner, [], [])}.{member[(end + 1)..]}";
    }

    private static string TypeName(string name, IReadOnlyList<string> typeNames)
    {
        var nameStart = name.LastIndexOf('.') + 1;
        var type = name[nameStart..];
        var tick = type.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? type : type[..tick] + Brackets(ParseCount(type.AsSpan(tick + 1)), typeNames);
    }

    private static string Brackets(int count, IReadOnlyList<string> names) =>
        count == 0 ? "" : $"<{string.Join(", ", Enumerable.Range(0, count).Select(position => ParameterName(position, names)))}>";

    private static string ParameterName(int position, IReadOnlyList<string> names) =>
        position < names.Count ? names[position] : position == 0 ? "T" : $"T{position + 1}";

    // The documented names, or T, or T1, T2 ... where the documentation has none.
    private static IReadOnlyList<string> Named(IReadOnlyList<string> documented, int arity) =>
        documented.Count >= arity
            ? documented
            : [.. Enumerable.Range(0, arity).Select(position => position < documented.Count ? documented[position] : arity == 1 ? "T" : $"T{position + 1}")];

    private static int Arity(string name, string mark)
    {
        var at = name.LastIndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? 0 : ParseCount(name.AsSpan(at + mark.Length));
    }

    private static int ParseCount(ReadOnlySpan<char> digits)
    {
        var count = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit) || count > 99)
                break;
            count = (count * 10) + (digit - '0');
        }

        return count;
    }

    // One parameter type: System.Collections.Generic.Dictionary{System.String,`0}[]@
    private static string Argument(string type, IReadOnlyList<string> typeNames, IReadOnlyList<string> methodNames)
    {
        var readable = new StringBuilder();
        var word = new StringBuilder();
        void Flush()
        {
            var name = word.ToString();
            word.Clear();
            if (name.StartsWith("``", StringComparison.Ordinal))
                readable.Append(ParameterName(ParseCount(name.AsSpan(2)), methodNames));
            else if (name.StartsWith('`'))
                readable.Append(ParameterName(ParseCount(name.AsSpan(1)), typeNames));
            else
                readable.Append(WithoutArity(name[(name.LastIndexOf('.') + 1)..]));
        }

        foreach (var character in type.AsSpan(0, Modifier(type)))
        {
            if (char.IsLetterOrDigit(character) || character is '.' or '_' or '`')
            {
                word.Append(character);
                continue;
            }

            Flush();
            readable.Append(character switch { '{' => "<", '}' => ">", ',' => ", ", '@' => "&", _ => character.ToString() });
        }

        Flush();
        return readable.Replace("[0:, 0:]", "[,]").Replace("[0:, 0:, 0:]", "[,,]").ToString();
    }

    // Custom modifiers (|, !) name attributes of the runtime's and say nothing to a reader.
    private static int Modifier(string type) => type.AsSpan().IndexOfAny('|', '!') is >= 0 and var at ? at : type.Length;

    private static string WithoutArity(string name)
    {
        var tick = name.IndexOf('`', StringComparison.Ordinal);
        if (tick < 0)
            return name;
        var kept = new StringBuilder(name.Length);
        for (var index = 0; index < name.Length; index++)
        {
            if (name[index] != '`')
            {
                kept.Append(name[index]);
                continue;
            }

            while (index + 1 < name.Length && (name[index + 1] == '`' || char.IsAsciiDigit(name[index + 1])))
                index++;
        }

        return kept.ToString();
    }

    private static IEnumerable<string> SplitArguments(string arguments)
    {
        if (arguments.Length == 0)
            yield break;
        var start = 0;
        var depth = 0;
        for (var index = 0; index < arguments.Length; index++)
        {
            if (arguments[index] is '{' or '[' or '(')
                depth++;
            else if (arguments[index] is '}' or ']' or ')')
                depth--;
            else if (arguments[index] == ',' && depth == 0)
            {
                yield return arguments[start..index];
                start = index + 1;
            }
        }

        yield return arguments[start..];
    }
}
