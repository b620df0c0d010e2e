using System.Text;
using System.Xml;

namespace Cde.Workbench.Corpora;

/// <summary>Reads the XML documentation of an assembly, one element at a time.</summary>
internal static class XmlDocumentation
{
    private const long MaxCharacters = 256L << 20;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = MaxCharacters,
        NameTable = null,
    };

    /// <summary>The members, in the order of the file.</summary>
    /// <exception cref="CdeException">The file is not XML documentation.</exception>
    public static List<ApiMember> Read(string path, Stream stream)
    {
        var members = new List<ApiMember>();
        try
        {
            using var reader = XmlReader.Create(stream, Settings.Clone());
            if (reader.MoveToContent() != XmlNodeType.Element || reader.Name != "doc")
                throw new CdeException($"{path} is not XML documentation: its root is not <doc>");
            while (reader.Read())
            {
                if (reader is { NodeType: XmlNodeType.Element, Name: "member" } && reader.GetAttribute("name") is { Length: > 2 } id)
                    members.Add(ReadMember(reader, id));
            }
        }
        catch (XmlException failure)
        {
            throw new CdeException($"{path} line {failure.LineNumber}: not well-formed XML: {failure.Message.ReplaceLineEndings(" ")}", failure);
        }

        return members;
    }

    private static ApiMember ReadMember(XmlReader reader, string id)
    {
        string summary = "", returns = "";
        var types = new List<string>();
        var parameters = new List<(string, string, bool)>();
        if (!reader.IsEmptyElement)
        {
            var depth = reader.Depth;
            while (reader.Read() && reader.Depth > depth)
            {
                if (reader.NodeType != XmlNodeType.Element || reader.Depth != depth + 1)
                    continue;
                switch (reader.Name)
                {
                    case "summary" when summary.Length == 0:
                        summary = ReadText(reader);
                        break;
                    case "returns" when returns.Length == 0:
                        returns = ReadText(reader);
                        break;
                    case "param" or "typeparam":
                        var isType = reader.Name == "typeparam";
                        var name = reader.GetAttribute("name") ?? "";
                        if (isType)
                            types.Add(name);
                        parameters.Add((name, ReadText(reader), isType));
                        break;
                }
            }
        }

        return new ApiMember(id, summary, types, parameters, returns);
    }

    /// <summary>The text of an element, references by their short names, white space folded.</summary>
    private static string ReadText(XmlReader reader)
    {
        if (reader.IsEmptyElement)
            return "";
        var text = new StringBuilder();
        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    AppendFolded(text, reader.Value);
                    break;
                case XmlNodeType.Element when reader.Name is "para" or "p" or "item" or "list" or "br":
                    AppendFolded(text, " ");
                    break;
                case XmlNodeType.Element when reader.IsEmptyElement:
                    AppendFolded(text, Reference(reader));
                    break;
            }
        }

        return text.ToString().TrimEnd();
    }

    private static string Reference(XmlReader reader) =>
        reader.GetAttribute("cref") is { } cref ? MemberSignature.ShortReference(cref)
            : reader.GetAttribute("langword") ?? reader.GetAttribute("name") ?? reader.GetAttribute("href") ?? "";

    private static void AppendFolded(StringBuilder text, string more)
    {
        foreach (var character in more)
        {
            if (!char.IsWhiteSpace(character))
                text.Append(character);
            else if (text.Length > 0 && text[^1] != ' ')
                text.Append(' ');
        }
    }
}
