namespace Cde.Workbench.Text.Subwords;

/// <summary>Which pairs of tokens merge, in which order of precedence, to which token.</summary>
internal sealed class BytePairMerges
{
    private readonly Dictionary<long, (int Rank, int Id)> _merges;

    private BytePairMerges(Dictionary<long, (int Rank, int Id)> merges) => _merges = merges;

    /// <summary>How many there are.</summary>
    internal int Count => _merges.Count;

    /// <summary>A pair's rank (lower goes first) and the token that it becomes.</summary>
    internal bool TryFind(int left, int right, out (int Rank, int Id) merge) => _merges.TryGetValue(Key(left, right), out merge);

    /// <summary>Merges from a list in order of precedence, as <c>merges.txt</c> has them.</summary>
    /// <param name="source">The file, for messages.</param>
    /// <param name="pairs">The pairs, in order.</param>
    /// <param name="idOf">The id of a token, or null.</param>
    /// <param name="continuationPrefix">What stands in front of a token that continues a word; it vanishes between the two.</param>
    /// <exception cref="CdeException">The vocabulary lacks a token that a merge names or makes.</exception>
    internal static BytePairMerges OfList(string source, IReadOnlyList<(string Left, string Right)> pairs, Func<string, int?> idOf, string continuationPrefix)
    {
        var merges = new Dictionary<long, (int, int)>(pairs.Count);
        for (var rank = 0; rank < pairs.Count; rank++)
        {
            var (left, right) = pairs[rank];
            var joins = right.StartsWith(continuationPrefix, StringComparison.Ordinal) ? right[continuationPrefix.Length..] : right;
            // A pair that stands twice counts as its last, as in a hash map that is filled in order.
            merges[Key(Id(left), Id(right))] = (rank, Id(left + joins));
        }

        return new BytePairMerges(merges);

        int Id(string token) => idOf(token) ?? throw new CdeException(
            $"{source}: the vocabulary lacks the token \"{token}\", which a merge needs; the vocabulary and the merges do not belong together");
    }

    /// <summary>Merges from the scores of pieces, as a SentencePiece model has them: two neighbours merge where a piece is spelled so, best score first.</summary>
    /// <param name="pieces">The pieces that may be made, with their ids and scores.</param>
    internal static BytePairMerges OfScores(IReadOnlyList<(string Text, int Id, float Score)> pieces)
    {
        var ids = new Dictionary<string, int>(pieces.Count, StringComparer.Ordinal);
        foreach (var (text, id, _) in pieces)
            ids[text] = id;
        var lookup = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        var scores = pieces.Select(piece => piece.Score).Distinct().OrderDescending().ToArray();
        var rankOfScore = scores.Select((score, rank) => (score, rank)).ToDictionary(entry => entry.score, entry => entry.rank);
        var merges = new Dictionary<long, (int, int)>();
        foreach (var (text, id, score) in pieces)
        {
            for (var cut = 1; cut < text.Length; cut++)
            {
                if (!char.IsLowSurrogate(text[cut]) && lookup.TryGetValue(text.AsSpan(0, cut), out var left) && lookup.TryGetValue(text.AsSpan(cut), out var right))
                    merges[Key(left, right)] = (rankOfScore[score], id);
            }
        }

        return new BytePairMerges(merges);
    }

    private static long Key(int left, int right) => ((long)left << 32) | (uint)right;
}
