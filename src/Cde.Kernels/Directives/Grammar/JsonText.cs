using System.Text.Json;

namespace Cde.Kernels.Directives;

/// <summary>JSON objects and arrays inside a line. Brackets inside strings do not count.</summary>
internal static class JsonText
{
    /// <summary>Where the object or array that begins at <paramref name="start"/> ends, exclusive; null where its brackets do not close.</summary>
    public static int? FindEnd(string line, int start, int end)
    {
        var depth = 0;
        for (var at = start; at < end; at++)
        {
            switch (line[at])
            {
                case '{' or '[':
                    depth++;
                    break;
                case '}' or ']' when --depth == 0:
                    return at + 1;
                case '"':
                    at++;
                    while (at < end && line[at] != '"')
                        at += line[at] == '\\' ? 2 : 1;
                    break;
            }
        }

        return null;
    }

    /// <summary>What is wrong with a text that should be JSON; null where nothing is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where it stands in the cell.</param>
    public static DirectiveProblem? Check(string text, int start)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return null;
        }
        catch (Exception wrong) when (wrong is JsonException or ArgumentException)
        {
            var at = start + Units(text, (wrong as JsonException)?.BytePositionInLine ?? 0);
            return new DirectiveProblem(
                Math.Min(at, start + text.Length - 1), Math.Min(at + 1, start + text.Length), "not JSON here; put a text that begins with a bracket in quotes");
        }
    }

    /// <summary>How many UTF-16 units the first bytes of a text are.</summary>
    private static int Units(string text, long bytes)
    {
        var units = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if ((bytes -= rune.Utf8SequenceLength) < 0)
                break;
            units += rune.Utf16SequenceLength;
        }

        return units;
    }
}
