using System.Text;
using System.Text.RegularExpressions;
using Cde.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cde.Kernels.Tests.Interactive;

/// <summary>
/// .NET Interactive's public API as declarations without bodies, made from <c>fixtures/api/dotnet-interactive.txt</c>. Members whose types are
/// not at hand are left out: code that needs one does not compile, which is the safe side.
/// </summary>
internal static partial class InteractiveStubs
{
    private const string Usings =
        """
        #nullable disable
        #pragma warning disable
        using System; using System.Collections; using System.Collections.Generic; using System.CommandLine; using System.Dynamic; using System.IO; using System.Linq;
        using System.Net.Http; using System.Text; using System.Text.Encodings.Web; using System.Text.Json; using System.Text.Json.Serialization;
        using System.Threading; using System.Threading.Tasks; using Microsoft.AspNetCore.Html; using Microsoft.CodeAnalysis;
        using Microsoft.CodeAnalysis.CSharp; using Microsoft.CodeAnalysis.Scripting; using Microsoft.CodeAnalysis.Tags; using Microsoft.CodeAnalysis.Text;

        """;

    private const string Elsewhere =
        """
        namespace Microsoft.AspNetCore.Html { public interface IHtmlContent { } }
        namespace Microsoft.CodeAnalysis.Scripting { public class ScriptState { } }
        namespace Microsoft.CodeAnalysis.Tags { }
        namespace System.CommandLine { }

        """;

    /// <summary>Everything that compiles on this machine without .NET Interactive.</summary>
    public static IReadOnlyList<MetadataReference> Platform { get; } =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>The declarations, compiled, and how many of the list's members they lack.</summary>
    public static (MetadataReference Reference, int Members, int LeftOut) Compile()
    {
        var members = File.ReadLines(Path.Combine(TestFolders.Fixtures, "api", "dotnet-interactive.txt")).Where(line => line.Length > 1 && line[1] == ':').Select(line => line.Split('\t')).ToList();
        var lines = Write(members).Split('\n');
        var leftOut = 0;
        while (true)
        {
            var compilation = CSharpCompilation.Create(
                "Microsoft.DotNet.Interactive", [CSharpSyntaxTree.ParseText(string.Join('\n', lines))], Platform, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
            using var image = new MemoryStream();
            var result = compilation.Emit(image);
            if (result.Success)
                return (MetadataReference.CreateFromImage(image.ToArray()), members.Count, leftOut);
            foreach (var error in result.Diagnostics.Where(error => error.Severity == DiagnosticSeverity.Error).DistinctBy(error => error.Location.GetLineSpan().StartLinePosition.Line))
            {
                var line = error.Location.GetLineSpan().StartLinePosition.Line;
                var isType = lines[line].EndsWith('{');
                var loosened = isType ? Loosen(lines[line]) : lines[line].Contains(" override ", StringComparison.Ordinal) ? lines[line].Replace(" override ", " ", StringComparison.Ordinal) : "";
                Assert.True(loosened != lines[line], $"cannot declare: {lines[line]}: {error.GetMessage(null)}");
                lines[line] = loosened;
                leftOut += loosened.Length == 0 ? 1 : 0;
            }
        }
    }

    /// <summary>A type's declaration without its interfaces (explicit implementations are not in the list), or without its base where it has none.</summary>
    private static string Loosen(string declaration)
    {
        var constraints = declaration.IndexOf(" where ", StringComparison.Ordinal);
        var head = constraints < 0 ? declaration[..^2] : declaration[..constraints];
        var rest = declaration[head.Length..];
        if (!head.Contains(" : ", StringComparison.Ordinal))
            return declaration;
        var (type, bases) = (head.Split(" : ")[0], BaseSeparator().Split(head.Split(" : ")[1]));
        var classes = bases.Where(name => !InterfaceName().IsMatch(name)).ToList();
        return classes.Count > 0 && classes.Count < bases.Length ? $"{type} : {classes[0]}{rest}" : type + rest;
    }

    private static string Write(List<string[]> members)
    {
        var types = members.Where(member => member[0].StartsWith("T:", StringComparison.Ordinal)).ToDictionary(member => member[0][2..], member => member[1], StringComparer.Ordinal);
        var byOwner = members.Where(member => !member[0].StartsWith("T:", StringComparison.Ordinal)).ToLookup(member => Owner(member[0][2..].Split('(')[0]), StringComparer.Ordinal);
        var text = new StringBuilder(Usings);
        foreach (var used in types.Keys.Select(Owner).Where(owner => !types.ContainsKey(owner)).Distinct())
            text.Append("using ").Append(used).Append(";\n");
        text.Append(Elsewhere);
        foreach (var (name, signature) in types.Where(type => !types.ContainsKey(Owner(type.Key))))
        {
            text.Append("namespace ").Append(Owner(name)).Append("\n{\n");
            Append(text, name, signature, types, byOwner);
            text.Append("}\n");
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string name, string signature, Dictionary<string, string> types, ILookup<string, string[]> byOwner)
    {
        signature = Nullable().Replace(signature, "");
        if (types.ContainsKey(Owner(name)))
            signature = OwnersName().Replace(signature, "", 1);
        if (signature.Contains(" delegate ", StringComparison.Ordinal))
        {
            text.Append(signature).Append(";\n");
            return;
        }

        text.Append(signature.Replace(" record ", " class ", StringComparison.Ordinal)).Append(" {\n");
        var isClass = ClassName().Match(signature) is { Success: true } && !signature.Contains("static class", StringComparison.Ordinal);
        var simple = Owner(name).Length == 0 ? name : name[(Owner(name).Length + 1)..].Split('`')[0];
        if (isClass && !byOwner[name].Any(member => member[0].EndsWith(".#ctor", StringComparison.Ordinal)))
            text.Append("internal ").Append(simple).Append("() { }\n");
        foreach (var member in byOwner[name])
            text.Append(Member(member[0], KeywordAsName().Replace(Nullable().Replace(member[1], ""), "@$0"), signature)).Append('\n');
        foreach (var (nested, nestedSignature) in types.Where(type => Owner(type.Key) == name))
            Append(text, nested, nestedSignature, types, byOwner);
        text.Append("}\n");
    }

    private static string Member(string id, string signature, string type)
    {
        var isInterface = type.Contains(" interface ", StringComparison.Ordinal);
        if (type.Contains(" enum ", StringComparison.Ordinal))
            return signature + ",";
        if (isInterface)
            signature = signature.Replace("public ", "", StringComparison.Ordinal);
        var isBodiless = isInterface || signature.Contains(" abstract ", StringComparison.Ordinal);
        return id[0] switch
        {
            'M' when isBodiless => signature + ";",
            'M' when id.Contains(".#ctor", StringComparison.Ordinal) => signature + " { }",
            'M' => signature + " => throw null;",
            'P' when isBodiless => signature,
            'P' => Accessor().Replace(signature, "$1 => throw null;"),
            _ => signature + ";",
        };
    }

    private static string Owner(string name)
    {
        var end = name.LastIndexOf('.');
        return end < 0 ? "" : name[..end].TrimEnd('.');
    }

    [GeneratedRegex(@"\b(get|set|init);")]
    private static partial Regex Accessor();

    [GeneratedRegex(@"(?<=[\w>\]])\?(?!\?)")]
    private static partial Regex Nullable();

    [GeneratedRegex(@"\b(class|record) ")]
    private static partial Regex ClassName();

    [GeneratedRegex(@"(?<=[\w>\]] )(event|default|class|namespace|object|operator)(?=[,)])")]
    private static partial Regex KeywordAsName();

    [GeneratedRegex(@"\b\w+(<[^>]*>)?\.(?=\w)")]
    private static partial Regex OwnersName();

    [GeneratedRegex(@",\s*(?![^<]*>)")]
    private static partial Regex BaseSeparator();

    [GeneratedRegex(@"^I[A-Z]")]
    private static partial Regex InterfaceName();
}
