using System.Text;
using Cde.Workbench.Text.Normalization;

namespace Cde.Workbench.Text;

/// <summary>A form in which texts that read alike are equal: composed (NFC), in lower case, each stretch of white space one blank, none at the ends.</summary>
public static class AlikeText
{
    /// <summary>The form of a text.</summary>
    public static string Of(string text)
    {
        var normal = new StringBuilder(text.Length);
        foreach (var letter in CanonicalForms.Compose(text))
        {
            if (!char.IsWhiteSpace(letter))
                normal.Append(char.ToLowerInvariant(letter));
            else if (normal.Length > 0 && normal[^1] != ' ')
                normal.Append(' ');
        }

        if (normal.Length > 0 && normal[^1] == ' ')
            normal.Length--;
        return normal.ToString();
    }
}
