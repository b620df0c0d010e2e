using System.Text;

namespace Cde.Workbench.Text.Normalization;

/// <summary>The cleaning of neural machine translation models: controls dropped, odd blanks made spaces.</summary>
internal sealed class NmtCleaning : ITextNormalizer
{
    /// <inheritdoc/>
    public string Apply(string text)
    {
        var cleaned = new StringBuilder(text.Length);
        foreach (var unit in text)
        {
            if (unit is (>= '\u0001' and <= '\u0008') or '\u000B' or (>= '\u000E' and <= '\u001F') or '\u007F' or '\u008F' or '\u009F')
                continue;
            var isBlank = unit is '\u0009' or '\u000A' or '\u000C' or '\u000D' or '\u1680' or (>= '\u200B' and <= '\u200F') or '\u2028' or '\u2029'
                or '\u2581' or '\uFEFF' or '\uFFFD';
            cleaned.Append(isBlank ? ' ' : unit);
        }

        return cleaned.ToString();
    }
}
