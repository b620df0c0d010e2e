using System.Text;
using System.Text.Json.Nodes;

namespace Cde.Kernels.Notebooks;

/// <summary>nbformat's two forms of a text: one string, or a list of lines that keep their line breaks.</summary>
internal static class MultilineText
{
    /// <summary>The text of either form; empty where there is none.</summary>
    public static string Join(JsonNode? value) => value switch
    {
        null => "",
        JsonArray lines => lines.Aggregate(new StringBuilder(), (text, line) => text.Append(line.Text())).ToString(),
        _ => value.Text() ?? "",
    };

    /// <summary>The text as a list of lines, each but the last with its <c>\n</c>; an empty list for an empty text.</summary>
    public static JsonArray Split(string text)
    {
        var lines = new JsonArray();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) + 1;
            if (end == 0)
                end = text.Length;
            lines.Add((JsonNode)text[start..end]);
            start = end;
        }

        return lines;
    }
}
