using System.Text;
using Cde.Workbench.Text.Splitting;

namespace Cde.Workbench.Text.Normalization;

/// <summary>Replaces every match of a pattern.</summary>
/// <param name="pattern">What is replaced.</param>
/// <param name="replacement">By what, as it stands.</param>
internal sealed class ReplaceText(TextPattern pattern, string replacement) : ITextNormalizer
{
    /// <inheritdoc/>
    public string Apply(string text)
    {
        if (pattern.Literal is { } literal)
            return text.Replace(literal, replacement, StringComparison.Ordinal);
        var matches = new List<Range>();
        pattern.Find(text, matches);
        if (matches.Count == 0)
            return text;
        var result = new StringBuilder(text.Length);
        var end = 0;
        foreach (var match in matches)
        {
            result.Append(text, end, match.Start.Value - end).Append(replacement);
            end = match.End.Value;
        }

        return result.Append(text, end, text.Length - end).ToString();
    }
}
