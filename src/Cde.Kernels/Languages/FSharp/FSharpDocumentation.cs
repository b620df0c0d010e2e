using System.Collections.Concurrent;
using Cde.Kernels.Languages.CSharp.Services;
using Cde.Kernels.Languages.CSharp.Submissions;
using FSharp.Compiler.Symbols;
using Microsoft.CodeAnalysis;

namespace Cde.Kernels.Languages;

/// <summary>Documentation of what F# code names, as readable text.</summary>
internal static class FSharpDocumentation
{
    /// <summary>
    /// The files that document what the runtime keeps in one assembly. <value>The reference assemblies that the types of
    /// <c>System.Private.CoreLib</c> are published in.</value>
    /// </summary>
    private static readonly string[] Core = ["System.Runtime", "System.Collections", "System.Threading", "System.Memory", "System.Runtime.InteropServices"];

    private static readonly Lazy<ILookup<string, string>> Files = new(() => FrameworkReferences.Usual.OfType<PortableExecutableReference>().Select(reference => reference.Display!)
        .ToLookup(path => Path.GetFileNameWithoutExtension(path), path => Path.ChangeExtension(path, ".xml"), StringComparer.OrdinalIgnoreCase));

    private static readonly ConcurrentDictionary<string, DocumentationFile> Read = new(StringComparer.Ordinal);

    /// <summary>The text of a documentation comment; empty where there is none.</summary>
    public static string Of(FSharpXmlDoc documentation) => documentation switch
    {
        // A comment need not be XML: one without an element is the summary.
        FSharpXmlDoc.FromXmlText text => string.Join('\n', text.Item.UnprocessedLines) is var lines && lines.Contains('<', StringComparison.Ordinal)
            ? DocumentationText.Of(lines) : string.Join(' ', text.Item.UnprocessedLines.Select(line => line.Trim())).Trim(),
        FSharpXmlDoc.FromXmlFile file => DocumentationText.Of(Find(file.dllName, file.xmlSig)),
        _ => "",
    };

    private static string Find(string assembly, string id)
    {
        var name = Path.GetFileNameWithoutExtension(assembly);
        var beside = Path.ChangeExtension(assembly, ".xml");
        var candidates = File.Exists(beside) ? [beside] : (name is "System.Private.CoreLib" ? Core : [name]).SelectMany(one => Files.Value[one]).Where(File.Exists);
        return candidates.Select(path => Read.GetOrAdd(path, one => new DocumentationFile(one)).Find(id)).FirstOrDefault(xml => xml.Length > 0) ?? "";
    }
}
