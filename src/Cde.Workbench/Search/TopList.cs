using System.Text;
using Cde.Workbench.Corpora;
using Cde.Workbench.Embedding;

namespace Cde.Workbench.Search;

/// <summary>
/// The best k documents of one query so far, as a heap with the worst on top. Higher scores are better; equal scores are ordered as
/// trec_eval does, the id that is larger as a byte string first.
/// </summary>
internal sealed class TopList(int k, byte[]? excludedId)
{
    private Entry[] _heap = [];
    private int _count;

    /// <summary>What a score must reach to get in: that of the worst entry, or minus infinity while there is room.</summary>
    public float Bar => _count < k ? float.NegativeInfinity : _heap[0].Score;

    /// <summary>Takes a document in if it belongs to the best k.</summary>
    public void Offer(float score, int row, EmbeddingMatrix part)
    {
        if (score < Bar || (excludedId is not null && part.IdBytes(row).SequenceEqual(excludedId)))
            return;
        var entry = new Entry(score, row, null);
        if (_count < k)
        {
            if (_count == _heap.Length)
                Array.Resize(ref _heap, Math.Min(k, Math.Max(16, 2 * _count)));
            _heap[_count++] = entry;
            Rise(part);
        }
        else if (IsWorse(_heap[0], entry, part))
        {
            _heap[0] = entry;
            Sink(part);
        }
    }

    /// <summary>Takes over the ids of entries from a part that is about to go.</summary>
    public void Settle(EmbeddingMatrix part)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_heap[i].Id is null)
                _heap[i] = _heap[i] with { Id = part.IdBytes(_heap[i].Row).ToArray() };
        }
    }

    /// <summary>The entries, best first. Every part must have settled.</summary>
    public ScoredDocument[] Best()
    {
        var entries = _heap.AsSpan(0, _count);
        entries.Sort((x, y) => x.Score != y.Score ? y.Score.CompareTo(x.Score) : y.Id.AsSpan().SequenceCompareTo(x.Id));
        var best = new ScoredDocument[entries.Length];
        for (var i = 0; i < best.Length; i++)
            best[i] = new ScoredDocument(Encoding.UTF8.GetString(entries[i].Id!), entries[i].Score);
        return best;
    }

    private static bool IsWorse(Entry x, Entry y, EmbeddingMatrix part) =>
        x.Score != y.Score ? x.Score < y.Score : IdOf(x, part).SequenceCompareTo(IdOf(y, part)) < 0;

    private static ReadOnlySpan<byte> IdOf(Entry entry, EmbeddingMatrix part) => entry.Id is { } id ? id : part.IdBytes(entry.Row);

    private void Rise(EmbeddingMatrix part)
    {
        for (var child = _count - 1; child > 0;)
        {
            var parent = (child - 1) / 2;
            if (!IsWorse(_heap[child], _heap[parent], part))
                return;
            (_heap[child], _heap[parent]) = (_heap[parent], _heap[child]);
            child = parent;
        }
    }

    private void Sink(EmbeddingMatrix part)
    {
        for (var parent = 0; ;)
        {
            var worst = parent;
            for (var child = (2 * parent) + 1; child <= (2 * parent) + 2 && child < _count; child++)
            {
                if (IsWorse(_heap[child], _heap[worst], part))
                    worst = child;
            }

            if (worst == parent)
                return;
            (_heap[parent], _heap[worst]) = (_heap[worst], _heap[parent]);
            parent = worst;
        }
    }

    private readonly record struct Entry(float Score, int Row, byte[]? Id);
}
