using System.Runtime.InteropServices;

namespace Cde.Workbench.Text.Subwords;

/// <summary>Remembers how words were spelled: most words of a text come again.</summary>
internal sealed class WordCache : IPieceSpeller
{
    // Some 10 MB a thread at most. Longer pieces are whole texts, which seldom come again.
    private const int MostWords = 1 << 16, LongestWord = 64;

    private readonly IPieceSpeller _speller;
    private readonly Dictionary<string, int[]> _known = new(StringComparer.Ordinal);

    private readonly Dictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _words;

    /// <summary>Remembers nothing yet.</summary>
    /// <param name="speller">Spells the words that are new.</param>
    internal WordCache(IPieceSpeller speller)
    {
        _speller = speller;
        _words = _known.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <inheritdoc/>
    public void Spell(ReadOnlySpan<char> piece, IdBuffer ids)
    {
        if (piece.Length > LongestWord)
        {
            _speller.Spell(piece, ids);
            return;
        }

        if (_known.Count >= MostWords)
            _known.Clear();
        ref var spelled = ref CollectionsMarshal.GetValueRefOrAddDefault(_words, piece, out _);
        if (spelled is null)
        {
            var before = ids.Count;
            _speller.Spell(piece, ids);
            spelled = ids.Items[before..].ToArray();
        }
        else
        {
            ids.Add(spelled);
        }
    }
}
