using System.Runtime.InteropServices;

namespace Cde.Workbench.Search;

/// <summary>For each word the documents that have it, with how often; and the length of each document, in words.</summary>
internal sealed class InvertedIndex
{
    private readonly Dictionary<string, int> _words = new(StringComparer.Ordinal);
    private readonly List<List<Posting>> _postings = [];
    private readonly List<int> _lengths = [];
    private readonly Dictionary<int, int> _counts = [];
    private long _totalLength;

    /// <summary>How many documents there are.</summary>
    internal int Count => _lengths.Count;

    /// <summary>How many different words they have.</summary>
    internal int Words => _postings.Count;

    /// <summary>The mean length of a document, in words; empty documents count.</summary>
    internal double AverageLength => Count == 0 ? 0 : (double)_totalLength / Count;

    /// <summary>The lengths of the documents, in words.</summary>
    internal IReadOnlyList<int> Lengths => _lengths;

    /// <summary>Adds the next document.</summary>
    internal void Add(string text, WordAnalyzer analyzer)
    {
        var length = 0;
        _counts.Clear();
        analyzer.ForEachWord(text, word =>
        {
            ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(_words.GetAlternateLookup<ReadOnlySpan<char>>(), word, out var known);
            if (!known)
            {
                id = _postings.Count;
                _postings.Add([]);
            }

            CollectionsMarshal.GetValueRefOrAddDefault(_counts, id, out _)++;
            length++;
        });
        foreach (var (word, count) in _counts)
            _postings[word].Add(new Posting(Count, count));
        _lengths.Add(length);
        _totalLength += length;
    }

    /// <summary>The words of a query that some document has, in the query's order, as often as they stand there.</summary>
    internal int[] Find(string text, WordAnalyzer analyzer)
    {
        var found = new List<int>();
        analyzer.ForEachWord(text, word =>
        {
            if (_words.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var id))
                found.Add(id);
        });
        return [.. found];
    }

    /// <summary>The documents of a word, in their order.</summary>
    internal ReadOnlySpan<Posting> Postings(int word) => CollectionsMarshal.AsSpan(_postings[word]);

    /// <summary>How rare a word is: Lucene's ln(1 + (N - df + 0.5) / (df + 0.5)).</summary>
    internal double InverseDocumentFrequency(int word)
    {
        var frequency = _postings[word].Count;
        return Math.Log(1 + (Count - frequency + 0.5) / (frequency + 0.5));
    }

    /// <summary>A document that has the word.</summary>
    /// <param name="Document">Its position.</param>
    /// <param name="Count">How often it has the word.</param>
    internal readonly record struct Posting(int Document, int Count);
}
