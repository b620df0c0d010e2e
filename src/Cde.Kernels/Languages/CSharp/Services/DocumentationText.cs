using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Cde.Kernels.Languages.CSharp.Services;

/// <summary>A symbol's XML documentation as readable text.</summary>
internal static partial class DocumentationText
{
    /// <summary>Summary, parameters, value and exceptions; empty where there is no documentation.</summary>
    public static string Of(ISymbol symbol, Compilation compilation, CancellationToken cancellation)
    {
        var target = symbol is IMethodSymbol { ReducedFrom: { } reduced } ? reduced : symbol;
        return Of(target.OriginalDefinition.GetDocumentationCommentXml(cancellationToken: cancellation));
    }

    /// <summary>The same of the XML itself: a <c>member</c> element or what stands in one.</summary>
    public static string Of(string? xml)
    {
        if (string.IsNullOrWhiteSpace(xml))
            return "";
        XElement root;
        try
        {
            root = XElement.Parse(xml.TrimStart().StartsWith("<member", StringComparison.Ordinal) ? xml : $"<member>{xml}</member>");
        }
        catch (XmlException)
        {
            return "";
        }

        var parts = new List<string>();
        Add("", root.Element("summary"));
        foreach (var parameter in root.Elements("param"))
            Add($"{parameter.Attribute("name")?.Value}: ", parameter);
        Add("returns: ", root.Element("returns"));
        foreach (var exception in root.Elements("exception"))
            Add($"throws {Name(exception.Attribute("cref")?.Value)}: ", exception);
        return string.Join("\n\n", parts);

        void Add(string label, XElement? element)
        {
            if (element is not null && Text(element) is { Length: > 0 } text)
                parts.Add(label + text);
        }
    }

    private static string Text(XElement element)
    {
        var text = new StringBuilder();
        foreach (var node in element.Nodes())
        {
            switch (node)
            {
                case XText words: text.Append(words.Value); break;
                case XElement { Name.LocalName: "see" or "seealso" } see: text.Append(see.Value.Length > 0 ? see.Value : Name(see.Attribute("cref")?.Value ?? see.Attribute("langword")?.Value)); break;
                case XElement { Name.LocalName: "paramref" or "typeparamref" } reference: text.Append(reference.Attribute("name")?.Value); break;
                case XElement { Name.LocalName: "para" } paragraph: text.Append(' ').Append(Text(paragraph)).Append(' '); break;
                case XElement other: text.Append(Text(other)); break;
            }
        }

        return Blanks().Replace(text.ToString(), " ").Trim();
    }

    // "M:System.Console.WriteLine(System.String)" -> "Console.WriteLine".
    private static string Name(string? reference)
    {
        if (reference is null)
            return "";
        var name = reference.Length > 2 && reference[1] == ':' ? reference[2..] : reference;
        name = name.Split('(')[0];
        var parts = name.Split('.');
        return reference.StartsWith("T:", StringComparison.Ordinal) || parts.Length < 2 ? parts[^1].Split('`')[0] : $"{parts[^2].Split('`')[0]}.{parts[^1].Split('`')[0]}";
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
