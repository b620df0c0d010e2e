using System.Text;
using System.Text.RegularExpressions;

namespace Cde.Torch.Tests.Api;

/// <summary>
/// Writes the whole API list as C#: an assembly of declarations whose members all throw. What compiles against it uses
/// only members that TorchSharp has.
/// </summary>
internal sealed partial class StubSource
{
    // Interfaces whose members the list leaves out because they are implemented explicitly.
    private static readonly string[] LeftOut = ["IList<", "IDictionary<", "ICollection<", "IEnumerable<", "IEnumerator<", "torch.nn.IModule<"];

    private readonly Dictionary<string, Node> _types = [];

    private StubSource(IEnumerable<string> lines)
    {
        // The event writer's types come from a package of its own.
        var entries = lines.Where(line => !line.StartsWith('#')).Select(line => line.Split('\t')).Where(parts => parts.Length == 2 && !parts[0].Contains("tensorboard")).ToList();
        foreach (var parts in entries.Where(parts => parts[0].StartsWith("T:")))
        {
            _types[parts[0][2..]] = new Node(parts[0][2..], parts[1]);
        }
        foreach (var parts in entries.Where(parts => !parts[0].StartsWith("T:"))) _types[DeclaringType(parts[0][2..])].Members.Add((IndexerName(parts[0]), parts[1]));
        foreach (var node in _types.Values)
        {
            if (_types.TryGetValue(DeclaringType(node.Id), out var outer)) outer.Nested.Add(node);
        }
    }

    public static string Write(string listPath) => new StubSource(File.ReadLines(listPath)).Text();

    private string Text()
    {
        var source = new StringBuilder();
        source.AppendLine("#nullable enable");
        foreach (string name in new[]
                 {
                     "System", "System.Collections.Generic", "System.IO", "System.Net.Http", "System.Numerics", "System.Reflection",
                     "System.Runtime.InteropServices", "System.Threading", "System.Threading.Tasks", "System.Globalization",
                     "System.Diagnostics.CodeAnalysis",
                 })
        {
            source.AppendLine($"using {name};");
        }
        var roots = _types.Values.Where(node => !_types.ContainsKey(DeclaringType(node.Id))).ToList();
        foreach (string space in roots.Select(node => DeclaringType(node.Id)).Distinct()) source.AppendLine($"using {space};");
        source.AppendLine("internal sealed class Stub;");
        foreach (var group in roots.GroupBy(node => DeclaringType(node.Id)))
        {
            source.AppendLine($"namespace {group.Key}\n{{");
            foreach (var node in group) Append(source, node);
            source.AppendLine("}");
        }
        return source.ToString();
    }

    private static void Append(StringBuilder source, Node node)
    {
        if (node.Kind == "delegate")
        {
            source.AppendLine(Unqualified(node.Signature) + ";");
            return;
        }
        string declaration = Unqualified(node.Signature);
        if (node.Kind == "enum")
        {
            source.AppendLine($"{declaration} {{ {string.Join(", ", node.Members.Select(member => "@" + member.Signature))} }}");
            return;
        }
        source.AppendLine(WithoutLeftOut(declaration)).AppendLine("{");
        bool isClass = node.Kind == "class" && !declaration.Contains("static class");
        string baseCall = isClass && DerivesFromStub(declaration) ? " : base(default(Stub)!)"
            : declaration.Contains(": SafeHandle") ? " : base(default, default)" : "";
        if (isClass) source.AppendLine($"internal {node.Name}(Stub stub){baseCall} {{ }}");
        foreach (var (indexerName, member) in node.Members)
        {
            // An annotated bare type parameter is how reflection shows an unconstrained one.
            string plain = node.TypeParameters.Aggregate(member, (text, parameter) => Regex.Replace(text, $@"\b{parameter}\?", parameter));
            if (StubMember.Of(plain, node.Kind == "interface", baseCall) is not { } text) continue;
            if (indexerName is not null) source.Append($"[System.Runtime.CompilerServices.IndexerName(\"{indexerName}\")] ");
            source.AppendLine(text);
        }
        foreach (var nested in node.Nested) Append(source, nested);
        source.AppendLine("}");
    }

    // "class torch.nn.Module<T> : Base" declares Module<T>: inside its outer types the prefix goes.
    private static string Unqualified(string signature) => Qualifier().Replace(signature, "$1$2", 1);

    private static bool DerivesFromStub(string declaration)
    {
        string head = declaration.Split(" where ")[0];
        int colon = head.IndexOf(" : ", StringComparison.Ordinal);
        return colon >= 0 && !Framework().IsMatch(head[(colon + 3)..]);
    }

    private static string WithoutLeftOut(string declaration)
    {
        int colon = declaration.IndexOf(" : ", StringComparison.Ordinal);
        int where = declaration.IndexOf(" where ", StringComparison.Ordinal);
        if (colon < 0 || (where >= 0 && where < colon)) return declaration;
        string tail = where < 0 ? "" : declaration[where..];
        var bases = Separated(where < 0 ? declaration[(colon + 3)..] : declaration[(colon + 3)..where]);
        bool isInterface = declaration.Contains(" interface ");
        var kept = bases.Where(item => isInterface || !LeftOut.Any(item.StartsWith)).ToList();
        return declaration[..colon] + (kept.Count > 0 ? " : " + string.Join(", ", kept) : "") + tail;
    }

    private static List<string> Separated(string list)
    {
        var parts = new List<string>();
        int depth = 0, start = 0;
        for (int i = 0; i < list.Length; i++)
        {
            if (list[i] is '<' or '(') depth++;
            if (list[i] is '>' or ')') depth--;
            if (list[i] != ',' || depth > 0) continue;
            parts.Add(list[start..i].Trim());
            start = i + 1;
        }
        parts.Add(list[start..].Trim());
        return parts;
    }

    // The name under which other languages see "this[...]"; C#'s own is Item.
    private static string? IndexerName(string id) =>
        id.StartsWith("P:") && id.IndexOf('(') is var end and > 0 && id[..end].Split('.')[^1] is var name and not "Item" ? name : null;

    private static string DeclaringType(string id)
    {
        int end = id.IndexOfAny(['(', '~']);
        string name = end < 0 ? id : id[..end];
        return name[..name.LastIndexOf('.')];
    }

    [GeneratedRegex(@"^((?:\[.*\] )?[\w ]*(?:class|struct|interface|enum|delegate [^(]+?) )(?:[\w.]*?(?:<[^>]*>)?\.)*(\w+)")]
    private static partial Regex Qualifier();

    [GeneratedRegex(@"^(I[A-Z]|SafeHandle|Exception|Attribute|EqualityComparer|EventArgs|Stream|MulticastDelegate|JsonConverter|torch\.nn\.I[A-Z]|torch\.optim\.I[A-Z]|[\w.]*\.I[A-Z])")]
    private static partial Regex Framework();

    private sealed record Node(string Id, string Signature)
    {
        public List<(string? IndexerName, string Signature)> Members { get; } = [];

        public List<Node> Nested { get; } = [];

        public string Kind { get; } = Regex.Match(Signature, @"\b(class|struct|interface|enum|delegate)\b").Value;

        public string Name => Regex.Match(Id, @"(\w+)(?:`\d+)?$").Groups[1].Value;

        public string[] TypeParameters
        {
            get
            {
                string head = Signature.Split(" : ")[0].Split(" where ")[0];
                return head.EndsWith('>') ? head[(head.LastIndexOf('<') + 1)..^1].Split(", ") : [];
            }
        }
    }
}
