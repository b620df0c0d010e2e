using System.Text;

namespace Cde.Workbench.Text.Subwords;

/// <summary>One thread's byte-pair merging: a linked list of symbols and a queue of the pairs that may merge, O(n log n) in the piece's length.</summary>
internal sealed class BytePairSpeller(BytePairModel model) : IPieceSpeller
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _vocabulary =
        model.Vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly IdBuffer _symbols = new();
    private readonly PriorityQueue<(int Left, int Right, int Merged), long> _pairs = new();
    private int[] _next = new int[64];
    private int[] _previous = new int[64];

    /// <inheritdoc/>
    public void Spell(ReadOnlySpan<char> piece, IdBuffer ids)
    {
        if (model.IgnoresMerges && _vocabulary.TryGetValue(piece, out var whole))
        {
            ids.Add(whole);
            return;
        }

        _symbols.Truncate(0);
        AddSymbols(piece);
        if (_symbols.Count > 1)
            Merge();
        foreach (var id in _symbols.Items)
        {
            if (id >= 0)
                ids.Add(id);
        }
    }

    private void AddSymbols(ReadOnlySpan<char> piece)
    {
        var follows = false; // whether an unknown character stands right before
        for (var index = 0; index < piece.Length;)
        {
            var length = Length(piece[index..]);
            var text = piece.Slice(index, length);
            var isKnown = TryFind(text, index == 0, index + length == piece.Length, out var id);
            index += length;
            if (isKnown)
            {
                _symbols.Add(id);
                follows = false;
            }
            else if (model.Bytes is { } bytes && bytes.TryAppend(Rune.GetRuneAt(text.ToString(), 0), _symbols))
            {
                follows = false;
            }
            else if (model.UnknownId is { } unknown && !(follows && model.FusesUnknown))
            {
                _symbols.Add(unknown);
                follows = true;
            }
        }
    }

    private int Length(ReadOnlySpan<char> text)
    {
        if (model.Fixed is { } pieces && pieces.Match(text) is var length and > 0)
            return length;
        return char.IsHighSurrogate(text[0]) && text.Length > 1 ? 2 : 1;
    }

    private bool TryFind(ReadOnlySpan<char> text, bool isFirst, bool isLast, out int id)
    {
        var prefix = isFirst ? "" : model.ContinuationPrefix;
        var suffix = isLast ? model.EndOfWordSuffix : "";
        return prefix.Length + suffix.Length == 0
            ? _vocabulary.TryGetValue(text, out id)
            : _vocabulary.TryGetValue(string.Concat(prefix, text, suffix), out id);
    }

    // A merged symbol takes the place of its left half; the right half becomes -1 and leaves the list.
    private void Merge()
    {
        var symbols = _symbols.Items;
        if (_next.Length < symbols.Length)
            (_next, _previous) = (new int[2 * symbols.Length], new int[2 * symbols.Length]);
        for (var index = 0; index < symbols.Length; index++)
        {
            _next[index] = index + 1;
            _previous[index] = index - 1;
            if (index > 0)
                Offer(symbols, index - 1, index);
        }

        while (_pairs.TryDequeue(out var pair, out var priority))
        {
            var left = (int)(priority & uint.MaxValue);
            var right = _next[left];
            // The pair is stale where one of its halves has merged since.
            if (symbols[left] != pair.Left || right >= symbols.Length || symbols[right] != pair.Right)
                continue;
            symbols[left] = pair.Merged;
            symbols[right] = -1;
            _next[left] = _next[right];
            if (_next[left] < symbols.Length)
            {
                _previous[_next[left]] = left;
                Offer(symbols, left, _next[left]);
            }

            if (_previous[left] >= 0)
                Offer(symbols, _previous[left], left);
        }
    }

    private void Offer(ReadOnlySpan<int> symbols, int left, int right)
    {
        if (model.Merges.TryFind(symbols[left], symbols[right], out var merge))
            _pairs.Enqueue((symbols[left], symbols[right], merge.Id), ((long)merge.Rank << 32) | (uint)left);
    }
}
