namespace Cde.Workbench.Search;

/// <summary>
/// Scores documents for one k1 and b over an index that does not depend on them. One thread's: it holds the sums of the query at hand.
/// </summary>
internal sealed class Bm25Scorer
{
    private readonly InvertedIndex _index;
    private readonly double[] _saturation;
    private readonly double[] _scores;
    private readonly List<int> _touched = [];

    /// <summary>Prepares k1 (1 - b + b length / average) of every document.</summary>
    internal Bm25Scorer(InvertedIndex index, double k1, double b)
        : this(index, Saturations(index, k1, b))
    {
    }

    /// <summary>A scorer for another thread, over the same numbers.</summary>
    internal Bm25Scorer(Bm25Scorer other)
        : this(other._index, other._saturation)
    {
    }

    private Bm25Scorer(InvertedIndex index, double[] saturation) => (_index, _saturation, _scores) = (index, saturation, new double[index.Count]);

    /// <summary>The positions of the documents with a score, and their scores by position. Valid until the next call.</summary>
    /// <param name="words">The words of the query; a repeated one counts again.</param>
    /// <param name="scores">The score of every document, 0 where it has none of the words.</param>
    internal IReadOnlyList<int> Score(ReadOnlySpan<int> words, out ReadOnlySpan<double> scores)
    {
        foreach (var document in _touched)
            _scores[document] = 0;
        _touched.Clear();
        foreach (var word in words)
        {
            var rarity = _index.InverseDocumentFrequency(word);
            foreach (var posting in _index.Postings(word))
            {
                if (_scores[posting.Document] == 0)
                    _touched.Add(posting.Document);
                _scores[posting.Document] += rarity * (posting.Count / (posting.Count + _saturation[posting.Document]));
            }
        }

        scores = _scores;
        return _touched;
    }

    /// <summary>k1 (1 - b + b length / average) of every document.</summary>
    internal static double[] Saturations(InvertedIndex index, double k1, double b)
    {
        var average = index.AverageLength;
        return [.. index.Lengths.Select(length => k1 * (1 - b + (average > 0 ? b * length / average : 0)))];
    }
}
