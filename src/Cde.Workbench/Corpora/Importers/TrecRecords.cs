using System.Text.RegularExpressions;

namespace Cde.Workbench.Corpora;

/// <summary>Records of TREC's tagged files.</summary>
internal static partial class TrecRecords
{
    /// <summary>The records <c>&lt;DOC&gt;&lt;DOCNO&gt;id&lt;/DOCNO&gt; text&lt;/DOC&gt;</c> of a file.</summary>
    public static IEnumerable<(string Id, string Text)> Documents(string path) => Read(path, Document());

    /// <summary>The records <c>&lt;num&gt;id&lt;/num&gt;&lt;title&gt;text&lt;/title&gt;</c> of a file.</summary>
    public static IEnumerable<(string Id, string Text)> Topics(string path) => Read(path, Topic());

    /// <summary>A text without tags, on one line.</summary>
    public static string Plain(string text) => Blanks().Replace(Tags().Replace(text, " "), " ").Trim();

    private static IEnumerable<(string Id, string Text)> Read(string path, Regex record)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CdeException($"{path} cannot be read: {failure.Message}", failure);
        }

        return record.Matches(text).Select(match => (match.Groups["id"].Value.Trim(), Plain(match.Groups["text"].Value)));
    }

    [GeneratedRegex(@"<DOC>\s*<DOCNO>(?<id>[^<]*)</DOCNO>(?<text>.*?)</DOC>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Document();

    [GeneratedRegex(@"<num>(?<id>[^<]*)</num>\s*<title>(?<text>.*?)</title>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Topic();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
