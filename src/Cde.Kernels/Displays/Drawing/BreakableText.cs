using System.Text.RegularExpressions;

namespace Cde.Kernels.Displays;

/// <summary>Text whose long words, such as a member's full name, may be broken where a reader would break them: a table of such names stays as narrow as its page.</summary>
internal static partial class BreakableText
{
    /// <summary>Words up to so many characters stay whole: half a column of a page of five.</summary>
    private const int LongWord = 20;

    /// <summary>The text in HTML, with a place to break after each mark inside its long words.</summary>
    public static string Html(string text) => string.Join(' ', text.Split(' ').Select(word =>
        word.Length <= LongWord ? HtmlEscape.Of(word) : string.Join("<wbr>", Places().Split(word).Select(HtmlEscape.Of))));

    // After a mark that joins names, not between two marks.
    [GeneratedRegex(@"(?<=[.,(/_<-])(?=[\p{L}\p{N}])")]
    private static partial Regex Places();
}
