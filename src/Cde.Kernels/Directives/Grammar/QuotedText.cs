using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cde.Kernels.Directives;

/// <summary>
/// Texts in quotes. <c>"..."</c> is read as JSON where all its escapes are JSON's and it does not look like a Windows path; otherwise its
/// backslashes stand for themselves, so that <c>"C:\temp\new"</c> survives. <c>"""..."""</c> is taken as it stands.
/// </summary>
internal static partial class QuotedText
{
    private const string Triple = "\"\"\"";

    /// <summary>Reads the text that begins with a quote.</summary>
    /// <param name="line">The text; its quotes do not cross <paramref name="end"/>.</param>
    /// <param name="start">Where the first quote stands.</param>
    /// <param name="end">Where the line ends, exclusive.</param>
    /// <returns>The text, and where it ends; null where no quote closes it.</returns>
    public static (string Value, int End)? Read(string line, int start, int end)
    {
        if (line.AsSpan(start, end - start).StartsWith(Triple))
            return ReadTriple(line, start, end);
        var isPath = WindowsPath().IsMatch(line.AsSpan(start + 1, end - start - 1));
        for (var at = start + 1; at < end; at++)
        {
            if (line[at] == '\\' && !isPath)
                at++;
            else if (line[at] == '"')
                return (isPath ? line[(start + 1)..at] : Decode(line[(start + 1)..at]), at + 1);
        }

        return null;
    }

    private static (string Value, int End)? ReadTriple(string line, int start, int end)
    {
        var close = line.IndexOf(Triple, start + 3, end - start - 3, StringComparison.Ordinal);
        if (close < 0)
            return null;
        while (close + 3 < end && line[close + 3] == '"')
            close++;
        return (line[(start + 3)..close], close + 3);
    }

    private static string Decode(string inner)
    {
        if (!inner.Contains('\\'))
            return inner;
        try
        {
            return JsonSerializer.Deserialize<string>($"\"{inner}\"")!;
        }
        catch (Exception notJson) when (notJson is JsonException or ArgumentException)
        {
            return inner.Replace("\\\"", "\"", StringComparison.Ordinal);
        }
    }

    /// <summary>A drive with a single backslash, or a server and a share.</summary>
    [GeneratedRegex(@"^(?:[A-Za-z]:\\(?!\\)|\\\\\w[\w.$-]*\\(?!\\))")]
    private static partial Regex WindowsPath();
}
