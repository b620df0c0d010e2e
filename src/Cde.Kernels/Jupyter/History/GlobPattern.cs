using System.Text;
using System.Text.RegularExpressions;

namespace Cde.Kernels.Jupyter;

/// <summary>
/// A pattern for whole texts, as shells know it: <c>*</c> any text, <c>?</c> any character, <c>[abc]</c> and <c>[a-z]</c> one of these,
/// <c>[^abc]</c> one of the others. Letters match in their own case alone.
/// </summary>
/// <param name="pattern">The pattern.</param>
internal sealed class GlobPattern(string pattern)
{
    // Without backtracking: a pattern comes from outside.
    private readonly Regex _regex = new(Translate(pattern), RegexOptions.Singleline | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>Whether the whole text matches.</summary>
    public bool IsMatch(string text) => _regex.IsMatch(text);

    private static string Translate(string pattern)
    {
        var regex = new StringBuilder(@"\A");
        for (var i = 0; i < pattern.Length; i++)
        {
            var close = pattern[i] == '[' ? pattern.IndexOf(']', Math.Min(pattern.Length, i + 2)) : -1;
            if (close > 0)
            {
                regex.Append(Set(pattern[(i + 1)..close]));
                i = close;
            }
            else
            {
                regex.Append(pattern[i] switch { '*' => ".*", '?' => ".", var letter => Regex.Escape(letter.ToString()) });
            }
        }

        return regex.Append(@"\z").ToString();
    }

    /// <summary>The characters of a set as alternatives, since a set's own escapes differ between the two languages.</summary>
    private static string Set(string members)
    {
        var isNegated = members.Length > 1 && members[0] is '^' or '!';
        var set = new StringBuilder(isNegated ? "[^" : "[");
        for (var i = isNegated ? 1 : 0; i < members.Length; i++)
        {
            if (i + 2 < members.Length && members[i + 1] == '-' && members[i] <= members[i + 2])
            {
                set.Append(Unicode(members[i])).Append('-').Append(Unicode(members[i + 2]));
                i += 2;
            }
            else
            {
                set.Append(Unicode(members[i]));
            }
        }

        return set.Append(']').ToString();
    }

    private static string Unicode(char letter) => $"\\u{(int)letter:x4}";
}
