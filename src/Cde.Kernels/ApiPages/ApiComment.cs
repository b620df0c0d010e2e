using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Cde.Kernels.ApiPages;

/// <summary>A documentation comment as Markdown.</summary>
internal sealed partial class ApiComment
{
    private readonly XElement _root;
    private readonly ApiLinks _links;
    private readonly string _page;

    /// <summary>Reads a symbol's comment; where there is none, every part is empty.</summary>
    /// <param name="symbol">The type or member.</param>
    /// <param name="links">Where types stand.</param>
    /// <param name="page">The page that the text stands on.</param>
    public ApiComment(ISymbol symbol, ApiLinks links, string page)
    {
        (_links, _page) = (links, page);
        _root = Parse(symbol.GetDocumentationCommentXml());
    }

    /// <summary>Whether it says only that another comment holds.</summary>
    public bool IsInherited => _root.Element("inheritdoc") is not null && _root.Element("summary") is null;

    /// <summary>Whether anything is said.</summary>
    public bool IsEmpty => !_root.Elements().Any();

    /// <summary>What it is.</summary>
    public string Summary => Text(_root.Element("summary"));

    /// <summary>The summary's first sentence.</summary>
    public string FirstSentence => Sentence().Match(Summary) is { Success: true } sentence ? sentence.Value : Summary;

    /// <summary>Remarks, the property's value, the examples.</summary>
    public IEnumerable<string> More => _root.Elements().Where(element => element.Name.LocalName is "remarks" or "value" or "example").Select(Text).Where(text => text.Length > 0);

    /// <summary>Type parameters and parameters, each with what it is.</summary>
    public IEnumerable<(string Name, string Text)> Parameters => _root.Elements().Where(element => element.Name.LocalName is "typeparam" or "param")
        .Select(element => (element.Attribute("name")?.Value ?? "", Text(element))).Where(parameter => parameter.Item2.Length > 0);

    /// <summary>What comes back.</summary>
    public string Returns => Text(_root.Element("returns"));

    /// <summary>What is thrown, and when.</summary>
    public IEnumerable<(string Type, string When)> Exceptions => _root.Elements("exception")
        .Select(element => (_links.ToReference(element.Attribute("cref")?.Value ?? "", _page), Text(element)));

    private static XElement Parse(string? xml)
    {
        try
        {
            return string.IsNullOrWhiteSpace(xml) ? new XElement("member") : XElement.Parse(xml, LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
            return new XElement("member");
        }
    }

    private string Text(XElement? element)
    {
        var text = new StringBuilder();
        if (element is not null)
            Append(text, element);
        return Blanks().Replace(text.ToString(), " ").Trim();
    }

    private void Append(StringBuilder text, XElement element)
    {
        foreach (var node in element.Nodes())
        {
            switch (node)
            {
                case XText words: text.Append(Special().Replace(words.Value, @"\$0")); break;
                case XElement { Name.LocalName: "c" or "code" } code: text.Append(Code(code.Value)); break;
                case XElement { Name.LocalName: "see" or "seealso" } see: text.Append(Reference(see)); break;
                case XElement { Name.LocalName: "paramref" or "typeparamref" } name: text.Append(Code(name.Attribute("name")?.Value ?? "")); break;
                case XElement part:
                    text.Append(' ');
                    Append(text, part);
                    text.Append(' ');
                    break;
            }
        }
    }

    private string Reference(XElement see) => see switch
    {
        _ when see.Attribute("langword")?.Value is { } word => Code(word),
        _ when see.Attribute("href")?.Value is { } address => $"[{(see.Value.Length > 0 ? see.Value : address)}]({address})",
        _ => _links.ToReference(see.Attribute("cref")?.Value ?? "", _page),
    };

    private static string Code(string text)
    {
        var line = Blanks().Replace(text, " ").Trim();
        return line.Contains('`') ? $"`` {line} ``" : $"`{line}`";
    }

    // What Markdown would take for markup; an underscore inside a word is none.
    [GeneratedRegex(@"[\\`*<\[\]|$]|(?<!\w)_|_(?!\w)")]
    private static partial Regex Special();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^.+?[.;:](?= [A-Z(])")]
    private static partial Regex Sentence();
}
