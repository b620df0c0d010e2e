namespace Cde.Workbench.Text.Subwords;

/// <summary>
/// The unigram language model (Kudo 2018): of all ways to cut a text into pieces the one with the highest sum of scores, found by Viterbi's
/// algorithm over a trie.
/// </summary>
internal sealed class UnigramModel : ITokenModel
{
    // What a character without a piece costs below the rarest piece (as SentencePiece).
    private const double UnknownPenalty = 10;

    private readonly UnigramPiece[] _pieces;

    internal UnigramModel(IEnumerable<UnigramPiece> pieces, int unknownId)
    {
        _pieces = [.. pieces];
        UnknownId = unknownId;
        Trie = new PieceTrie(_pieces.Select((piece, index) => (piece.Text, index)));
        var scores = _pieces.Where(piece => !piece.IsFixed).Select(piece => piece.Score).DefaultIfEmpty(0);
        UnknownScore = scores.Min() - UnknownPenalty;
        BestScore = scores.Max();
    }

    /// <summary>The id of a character without a piece.</summary>
    internal int UnknownId { get; }

    /// <summary>The score of a character without a piece.</summary>
    internal double UnknownScore { get; init; }

    /// <summary>The highest score of a piece.</summary>
    internal double BestScore { get; init; }

    /// <summary>The pieces.</summary>
    internal PieceTrie Trie { get; }

    /// <summary>The tokens of bytes, where unknown characters are spelled with them.</summary>
    internal ByteTokens? Bytes { get; init; }

    /// <summary>
    /// Whether the best score of a position is kept in single precision, and a new one, summed in double, must be greater than that: how
    /// SentencePiece's own library breaks ties. The Rust library computes in double throughout.
    /// </summary>
    internal bool KeepsSingleScores { get; init; }

    /// <summary>A piece by its value in the trie.</summary>
    internal ref readonly UnigramPiece Piece(int index) => ref _pieces[index];

    /// <inheritdoc/>
    public IPieceSpeller CreateSpeller() => new UnigramSpeller(this);
}
