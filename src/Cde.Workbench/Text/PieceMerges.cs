using System.Runtime.InteropServices;

namespace Cde.Workbench.Text;

/// <summary>
/// The state of vocabulary training: every word as its pieces, how often each pair of neighbours occurs, and where. A merge touches only the
/// words that hold the pair.
/// </summary>
internal sealed class PieceMerges(string continuationPrefix)
{
    private readonly List<string> _tokens = [];
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<int[]> _words = [];
    private readonly List<long> _wordCounts = [];
    private readonly Dictionary<Pair, long> _pairCounts = [];
    private readonly Dictionary<Pair, List<int>> _pairWords = [];
    private readonly HashSet<Pair> _grown = [];

    // Entries may be out of date; the count is checked when one comes out.
    private readonly PriorityQueue<Pair, (long NegatedCount, Pair Pair)> _queue = new();

    /// <summary>The tokens by id.</summary>
    internal IReadOnlyList<string> Tokens => _tokens;

    /// <summary>Adds a token where it is new.</summary>
    /// <returns>Its id.</returns>
    internal int AddToken(string token)
    {
        if (_ids.TryGetValue(token, out var id))
            return id;
        _ids.Add(token, _tokens.Count);
        _tokens.Add(token);
        return _tokens.Count - 1;
    }

    /// <summary>Adds a word, spelled in characters that are tokens already.</summary>
    internal void AddWord(string word, long count)
    {
        var pieces = new List<int>();
        foreach (var rune in word.EnumerateRunes())
            pieces.Add(_ids[pieces.Count == 0 ? rune.ToString() : continuationPrefix + rune]);
        _words.Add([.. pieces]);
        _wordCounts.Add(count);
        for (var index = 1; index < pieces.Count; index++)
            Change(new Pair(pieces[index - 1], pieces[index]), count, _words.Count - 1);
    }

    /// <summary>Makes the most frequent pair a token.</summary>
    /// <returns>False where no pair occurs often enough.</returns>
    internal bool MergeBest(long minFrequency)
    {
        QueueGrown();
        while (_queue.TryDequeue(out var pair, out var priority))
        {
            var count = _pairCounts.GetValueOrDefault(pair);
            if (count != -priority.NegatedCount)
            {
                if (count > 0)
                    _queue.Enqueue(pair, (-count, pair));
                continue;
            }

            if (count < minFrequency)
                return false;
            Merge(pair);
            return true;
        }

        return false;
    }

    private void QueueGrown()
    {
        foreach (var pair in _grown)
        {
            if (_pairCounts.GetValueOrDefault(pair) is > 0 and var count)
                _queue.Enqueue(pair, (-count, pair));
        }

        _grown.Clear();
    }

    private void Merge(Pair pair)
    {
        var token = AddToken(_tokens[pair.First] + _tokens[pair.Second][continuationPrefix.Length..]);
        _pairWords.Remove(pair, out var words);
        foreach (var word in words ?? [])
            _words[word] = Merge(_words[word], pair, token, word);
        _pairCounts.Remove(pair);
    }

    private int[] Merge(int[] pieces, Pair pair, int token, int word)
    {
        var count = _wordCounts[word];
        var length = 0;
        for (var index = 0; index < pieces.Length; index++)
        {
            if (index + 1 == pieces.Length || pieces[index] != pair.First || pieces[index + 1] != pair.Second)
            {
                pieces[length++] = pieces[index];
                continue;
            }

            if (length > 0)
            {
                Change(new Pair(pieces[length - 1], pair.First), -count, word);
                Change(new Pair(pieces[length - 1], token), count, word);
            }

            if (index + 2 < pieces.Length)
            {
                Change(new Pair(pair.Second, pieces[index + 2]), -count, word);
                Change(new Pair(token, pieces[index + 2]), count, word);
            }

            pieces[length++] = token;
            index++;
        }

        return length == pieces.Length ? pieces : pieces[..length];
    }

    private void Change(Pair pair, long change, int word)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_pairCounts, pair, out _) += change;
        if (change < 0)
            return;
        _grown.Add(pair);
        ref var words = ref CollectionsMarshal.GetValueRefOrAddDefault(_pairWords, pair, out _);
        words ??= [];
        // A word's changes come together: the end of the list is enough to see that it is there.
        if (words.Count == 0 || words[^1] != word)
            words.Add(word);
    }

    private readonly record struct Pair(int First, int Second) : IComparable<Pair>
    {
        public int CompareTo(Pair other) => First != other.First ? First.CompareTo(other.First) : Second.CompareTo(other.Second);
    }
}
