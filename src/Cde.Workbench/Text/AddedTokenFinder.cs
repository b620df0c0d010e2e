using System.Buffers;

namespace Cde.Workbench.Text;

/// <summary>Finds added tokens in a text: the leftmost, and of those that start there the longest.</summary>
internal sealed class AddedTokenFinder
{
    private readonly Dictionary<char, AddedToken[]> _longestFirst;
    private readonly SearchValues<char> _firstCharacters;

    internal AddedTokenFinder(IEnumerable<AddedToken> tokens)
    {
        _longestFirst = tokens.Where(token => token.Content.Length > 0)
            .SelectMany(token => FirstCharacters(token).Select(first => (first, token)))
            .GroupBy(entry => entry.first, entry => entry.token)
            .ToDictionary(group => group.Key, group => group.OrderByDescending(token => token.Content.Length).ToArray());
        _firstCharacters = SearchValues.Create([.. _longestFirst.Keys]);
    }

    /// <summary>The next token at or behind a position.</summary>
    /// <returns>Where it starts, or -1.</returns>
    internal int Find(ReadOnlySpan<char> text, int from, out AddedToken? token)
    {
        for (var start = from; start < text.Length; start++)
        {
            var skipped = text[start..].IndexOfAny(_firstCharacters);
            if (skipped < 0)
                break;
            start += skipped;
            foreach (var candidate in _longestFirst[text[start]])
            {
                if (Matches(text, start, candidate))
                {
                    token = candidate;
                    return start;
                }
            }
        }

        token = null;
        return -1;
    }

    private static bool Matches(ReadOnlySpan<char> text, int start, AddedToken token)
    {
        var comparison = token.IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        if (!text[start..].StartsWith(token.Content, comparison))
            return false;
        var end = start + token.Content.Length;
        return !token.SingleWord
            || ((start == 0 || !IsWordCharacter(text[start - 1])) && (end == text.Length || !IsWordCharacter(text[end])));
    }

    private static bool IsWordCharacter(char character) => char.IsLetterOrDigit(character) || character == '_';

    private static IEnumerable<char> FirstCharacters(AddedToken token) => token.IgnoreCase
        ? new[] { char.ToLowerInvariant(token.Content[0]), char.ToUpperInvariant(token.Content[0]) }.Distinct()
        : [token.Content[0]];
}
