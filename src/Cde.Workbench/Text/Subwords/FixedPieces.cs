namespace Cde.Workbench.Text.Subwords;

/// <summary>Pieces that are found in a text as they stand: SentencePiece's user-defined symbols. The longest counts.</summary>
internal sealed class FixedPieces
{
    private readonly Dictionary<char, string[]> _longestFirst;
    private readonly PieceTrie _trie;

    internal FixedPieces(IReadOnlyCollection<string> pieces)
    {
        _trie = new PieceTrie(pieces.Select((piece, index) => (piece, index)));
        _longestFirst = pieces.Where(piece => piece.Length > 0).GroupBy(piece => piece[0])
            .ToDictionary(group => group.Key, group => group.OrderByDescending(piece => piece.Length).ToArray());
    }

    /// <summary>The length of the piece that a text starts with, in UTF-16 units; 0 for none.</summary>
    internal int Match(ReadOnlySpan<char> text)
    {
        if (text.Length > 0 && _longestFirst.TryGetValue(text[0], out var pieces))
        {
            foreach (var piece in pieces)
            {
                if (text.StartsWith(piece, StringComparison.Ordinal))
                    return piece.Length;
            }
        }

        return 0;
    }

    /// <summary>The length of the piece that a text in UTF-8 starts with, in bytes; 0 for none.</summary>
    internal int Match(ReadOnlySpan<byte> text)
    {
        var (length, node) = (0, PieceTrie.Root);
        for (var index = 0; index < text.Length && (node = _trie.Next(node, text[index])) >= 0; index++)
        {
            if (_trie.Value(node) >= 0)
                length = index + 1;
        }

        return length;
    }
}
