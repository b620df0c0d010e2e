namespace Cde.Workbench.Search;

/// <summary>
/// Where a text has the words of a query, as <see cref="Bm25"/> sees words: lower-cased runs of letters and digits, identifiers split. In
/// <c>JsonReader</c> the query <c>reader</c> finds <c>Reader</c>.
/// </summary>
public sealed class MatchedWords
{
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private readonly WordAnalyzer _analyzer;

    /// <summary>Looks for the words of a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="splitIdentifiers">Whether identifiers are split, in the query and in texts. <value>True, as <see cref="Bm25Options.SplitIdentifiers"/>.</value></param>
    public MatchedWords(string query, bool splitIdentifiers = true)
    {
        _analyzer = new WordAnalyzer(splitIdentifiers);
        _analyzer.ForEachWord(query, word => _words.Add(word.ToString()));
    }

    /// <summary>The query's words, each once.</summary>
    public IReadOnlyCollection<string> Words => _words;

    /// <summary>The words of the query that a text has, from left to right; words that touch, as parts of an identifier do, are one span.</summary>
    /// <param name="text">The text.</param>
    public IReadOnlyList<TextSpan> Find(string text)
    {
        var spans = new List<TextSpan>();
        if (_words.Count == 0)
            return spans;
        var lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        _analyzer.ForEachWord(text, (word, place) =>
        {
            if (!lookup.Contains(word))
                return;
            if (spans.Count > 0 && spans[^1].End == place.Start)
                spans[^1] = spans[^1] with { Length = spans[^1].Length + place.Length };
            else
                spans.Add(place);
        });
        return spans;
    }
}
