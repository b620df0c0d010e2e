using System.Text;

namespace Cde.Workbench.Text.Subwords;

/// <summary>One thread's Viterbi search: for each position the best last piece that ends there.</summary>
internal sealed class UnigramSpeller(UnigramModel model) : IPieceSpeller
{
    private byte[] _bytes = new byte[256];
    private (double Score, int Start, int Id)[] _best = new (double, int, int)[257];
    private readonly List<(int Start, int End, int Id)> _cuts = [];

    /// <inheritdoc/>
    public void Spell(ReadOnlySpan<char> piece, IdBuffer ids)
    {
        var text = Cut(piece);
        foreach (var (start, end, id) in _cuts)
        {
            if (id != model.UnknownId || model.Bytes is not { } bytes || !bytes.TryAppend(text[start..end], ids))
                ids.Add(id);
        }
    }

    /// <summary>The best pieces, in order, unknown neighbours as one.</summary>
    /// <param name="piece">The text.</param>
    /// <param name="cuts">Receives where they lie, in bytes of the UTF-8 that is returned.</param>
    internal ReadOnlySpan<byte> Cut(ReadOnlySpan<char> piece, out IReadOnlyList<(int Start, int End, int Id)> cuts)
    {
        cuts = _cuts;
        return Cut(piece);
    }

    private Span<byte> Cut(ReadOnlySpan<char> piece)
    {
        var most = Encoding.UTF8.GetMaxByteCount(piece.Length);
        if (_bytes.Length < most)
            (_bytes, _best) = (new byte[most], new (double, int, int)[most + 1]);
        var text = _bytes.AsSpan(0, Encoding.UTF8.GetBytes(piece, _bytes));
        Search(text);
        _cuts.Clear();
        for (var end = text.Length; end > 0; end = _best[end].Start)
        {
            var (_, start, id) = _best[end];
            if (id == model.UnknownId && _cuts.Count > 0 && _cuts[^1].Id == id)
                _cuts[^1] = (start, _cuts[^1].End, id);
            else
                _cuts.Add((start, end, id));
        }

        _cuts.Reverse();
        return text;
    }

    private void Search(ReadOnlySpan<byte> text)
    {
        var (best, trie) = (_best, model.Trie);
        for (var position = 0; position <= text.Length; position++)
            best[position].Start = -1;
        best[0].Score = 0;
        for (var start = 0; start < text.Length;)
        {
            var length = CodePointLength(text[start]);
            var before = best[start].Score;
            var hasCharacter = false;
            var node = PieceTrie.Root;
            for (var end = start; end < text.Length && (node = trie.Next(node, text[end])) >= 0;)
            {
                end++;
                var index = trie.Value(node);
                if (index < 0)
                    continue;
                ref readonly var piece = ref model.Piece(index);
                // As good as so many of the best pieces: nearly no other cut of the same bytes is better.
                Offer(end, start, (piece.IsFixed ? Rounded((end - start) * model.BestScore) - 0.1 : piece.Score) + before, piece.Id);
                hasCharacter |= end - start == length;
            }

            if (!hasCharacter)
                Offer(start + length, start, Rounded(model.UnknownScore + before), model.UnknownId);
            start += length;
        }
    }

    private void Offer(int end, int start, double score, int id)
    {
        ref var best = ref _best[end];
        if (best.Start < 0 || score > best.Score)
            best = (Rounded(score), start, id);
    }

    private double Rounded(double score) => model.KeepsSingleScores ? (float)score : score;

    private static int CodePointLength(byte first) => first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}
