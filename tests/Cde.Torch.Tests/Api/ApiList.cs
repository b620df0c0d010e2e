using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Cde.Torch.Tests.Api;

/// <summary>The public and protected members of TorchSharp 0.107, and what of another assembly is not among them.</summary>
internal sealed partial class ApiList
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly Dictionary<string, string> _signatures = [];
    private readonly HashSet<string> _valueTypes =
    [
        "bool", "char", "byte", "sbyte", "short", "ushort", "int", "uint", "long", "ulong", "float", "double", "decimal", "nint", "nuint",
        "Half", "Complex", "Range", "Index", "TimeSpan", "CancellationToken",
    ];

    private ApiList(IEnumerable<string> lines)
    {
        var members = lines.Select(line => line.Split('\t')).Where(parts => parts.Length == 2 && !parts[0].StartsWith('#')).ToList();
        foreach (var parts in members)
        {
            if (ValueTypeName().Match(parts[1]) is { Success: true } match) _valueTypes.Add(match.Groups[1].Value);
        }
        foreach (var parts in members) _signatures.TryAdd(parts[0], WithoutReferenceMarks(parts[1]));
    }

    public int Count => _signatures.Count;

    public static ApiList Read(string path) => new(File.ReadLines(path));

    /// <summary>The visible members of a type, itself first.</summary>
    public static IEnumerable<MemberInfo> MembersOf(Type type)
    {
        yield return type;
        if (type.IsSubclassOf(typeof(MulticastDelegate))) yield break;
        foreach (var member in type.GetMembers(Declared))
        {
            bool visible = member switch
            {
                FieldInfo field => (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) && !field.IsSpecialName,
                PropertyInfo property => Signature.IsVisible(property.GetMethod) || Signature.IsVisible(property.SetMethod),
                MethodBase method => Signature.IsVisible(method) && (!method.IsSpecialName || method is ConstructorInfo || method.Name.StartsWith("op_")),
                _ => false,
            };
            // A static constructor is nobody's business; so is what the compiler adds to records and lambdas.
            if (visible && member is not ConstructorInfo { IsStatic: true } && !member.IsDefined(typeof(CompilerGeneratedAttribute), false))
                yield return member;
        }
    }

    public static bool IsVisible(Type type) =>
        type.IsNested ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!) : type.IsPublic;

    /// <summary>One line for each visible member that TorchSharp lacks or declares differently.</summary>
    public IEnumerable<string> Differences(Type type)
    {
        foreach (var member in MembersOf(type))
        {
            string id = DocId.Of(member);
            string own = Signature.Of(member);
            if (!_signatures.TryGetValue(id, out string? real)) yield return $"not in TorchSharp: {id}  {own}";
            else if (!Agrees(member, own, real)) yield return $"differs: {id}\n    ours  {own}\n    real  {real}";
        }
    }

    // A type may leave out interfaces that the real one has, but none may be extra.
    private static bool Agrees(MemberInfo member, string own, string real)
    {
        if (own == real) return true;
        if (member is not Type || own.Contains(" delegate ")) return false;
        var (ownHead, ownBases) = Split(own);
        var (realHead, realBases) = Split(real);
        return ownHead == realHead && ownBases.All(realBases.Contains);
    }

    private static (string Head, List<string> Bases) Split(string declaration)
    {
        int where = declaration.IndexOf(" where ", StringComparison.Ordinal);
        string constraints = where < 0 ? "" : declaration[where..];
        string rest = where < 0 ? declaration : declaration[..where];
        int colon = rest.IndexOf(" : ", StringComparison.Ordinal);
        if (colon < 0) return (rest + constraints, []);
        var bases = new List<string>();
        int depth = 0, start = colon + 3;
        for (int i = start; i < rest.Length; i++)
        {
            if (rest[i] is '<' or '(') depth++;
            if (rest[i] is '>' or ')') depth--;
            if (rest[i] != ',' || depth > 0) continue;
            bases.Add(rest[start..i].Trim());
            start = i + 1;
        }
        bases.Add(rest[start..].Trim());
        return (rest[..colon] + constraints, bases);
    }

    // "Tensor?" is an annotation, "long?" is another type than "long": only the second mark counts.
    private string WithoutReferenceMarks(string signature) =>
        NullableMark().Replace(signature, match => _valueTypes.Contains(match.Groups[1].Value) ? match.Value : match.Groups[1].Value);

    [GeneratedRegex(@"([A-Za-z_][\w.]*|\]|>)\?")]
    private static partial Regex NullableMark();

    [GeneratedRegex(@"\b(?:struct|enum) ([\w.]+)")]
    private static partial Regex ValueTypeName();
}
