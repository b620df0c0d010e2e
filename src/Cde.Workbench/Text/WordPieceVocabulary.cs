namespace Cde.Workbench.Text;

/// <summary>
/// The pieces of a vocabulary in one open-addressing table over UTF-16. Continuation pieces stand in it without their prefix, told apart by
/// the seed of the hash. The hash grows with each character, so that one pass over a word gives the hashes of all its prefixes.
/// </summary>
internal sealed class WordPieceVocabulary
{
    private const uint StartSeed = 0x811C9DC5, ContinuationSeed = 0x9E3779B9;

    private readonly Slot[] _slots;
    private readonly char[] _characters;
    private readonly int _longestStart;
    private readonly int _longestContinuation;

    internal WordPieceVocabulary(IReadOnlyList<string> tokens, string continuationPrefix)
    {
        _slots = new Slot[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, 2 * tokens.Count))];
        var characters = new List<char>();
        // From the end: where a piece occurs twice, the last id counts, as in a Python dictionary.
        for (var id = tokens.Count - 1; id >= 0; id--)
        {
            var token = tokens[id];
            var continues = continuationPrefix.Length > 0 && token.Length > continuationPrefix.Length
                && token.StartsWith(continuationPrefix, StringComparison.Ordinal);
            var piece = continues ? token.AsSpan(continuationPrefix.Length) : token.AsSpan();
            if (piece.Length == 0)
                continue;
            Add(piece, id, continues, characters);
            if (continues || continuationPrefix.Length == 0)
                _longestContinuation = Math.Max(_longestContinuation, piece.Length);
            if (!continues)
                _longestStart = Math.Max(_longestStart, piece.Length);
            if (continuationPrefix.Length == 0)
                Add(piece, id, continues: true, characters);
        }

        _characters = [.. characters];
    }

    /// <summary>Splits a word into the longest pieces from left to right, and adds their ids.</summary>
    /// <param name="word">The word, normalized.</param>
    /// <param name="hashes">Room for as many hashes as the word has characters.</param>
    /// <param name="ids">Receives the ids; as it was where the word cannot be spelled.</param>
    /// <returns>Whether the vocabulary can spell the word.</returns>
    internal bool TrySpell(ReadOnlySpan<char> word, uint[] hashes, IdBuffer ids)
    {
        var before = ids.Count;
        var (seed, longest) = (StartSeed, _longestStart);
        while (word.Length > 0)
        {
            var limit = Math.Min(word.Length, longest);
            var hash = seed;
            for (var index = 0; index < limit; index++)
                hashes[index] = hash = Grow(hash, word[index]);
            var length = limit;
            var id = -1;
            while (length > 0 && (id = Find(word[..length], hashes[length - 1])) < 0)
                length--;
            if (id < 0)
            {
                ids.Truncate(before);
                return false;
            }

            ids.Add(id);
            word = word[length..];
            (seed, longest) = (ContinuationSeed, _longestContinuation);
        }

        return true;
    }

    private static uint Grow(uint hash, char character) => (hash ^ character) * 0x01000193;

    // FNV's low bits are weak; the table takes them after a mix.
    private static uint Mix(uint hash) => (hash ^ (hash >> 15)) * 0x2C1B3C6D;

    private int Find(ReadOnlySpan<char> piece, uint hash)
    {
        var mask = (uint)_slots.Length - 1;
        for (var position = (Mix(hash) >> 8) & mask; ; position = (position + 1) & mask)
        {
            ref readonly var slot = ref _slots[position];
            if (slot.Length == 0)
                return -1;
            if (slot.Hash == hash && piece.SequenceEqual(_characters.AsSpan(slot.Start, slot.Length)))
                return slot.Id;
        }
    }

    private void Add(ReadOnlySpan<char> piece, int id, bool continues, List<char> characters)
    {
        var hash = continues ? ContinuationSeed : StartSeed;
        foreach (var character in piece)
            hash = Grow(hash, character);
        var mask = (uint)_slots.Length - 1;
        var position = (Mix(hash) >> 8) & mask;
        for (; _slots[position].Length != 0; position = (position + 1) & mask)
        {
            var other = _slots[position];
            if (other.Hash == hash && other.Length == piece.Length
                && piece.SequenceEqual(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(characters).Slice(other.Start, other.Length)))
                return;
        }

        _slots[position] = new Slot(hash, id, characters.Count, piece.Length);
        characters.AddRange(piece);
    }

    private readonly record struct Slot(uint Hash, int Id, int Start, int Length);
}
