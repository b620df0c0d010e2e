namespace Cde.Workbench.Text.Subwords;

/// <summary>
/// Byte-pair encoding (Sennrich et al. 2016): a piece starts as its characters, and neighbours merge, the pair of lowest rank first, the
/// leftmost of equals.
/// </summary>
internal sealed class BytePairModel : ITokenModel
{
    /// <summary>The id of each token.</summary>
    internal required Dictionary<string, int> Vocabulary { get; init; }

    /// <summary>The merges.</summary>
    internal required BytePairMerges Merges { get; init; }

    /// <summary>The id for a character that the vocabulary lacks; null to leave it out.</summary>
    internal int? UnknownId { get; init; }

    /// <summary>Whether neighbouring unknown characters are one token.</summary>
    internal bool FusesUnknown { get; init; }

    /// <summary>The tokens of bytes, where unknown characters are spelled with them.</summary>
    internal ByteTokens? Bytes { get; init; }

    /// <summary>Whether a piece that is a token stays whole, whatever the merges say.</summary>
    internal bool IgnoresMerges { get; init; }

    /// <summary>What stands in front of a token that continues a word.</summary>
    internal string ContinuationPrefix { get; init; } = "";

    /// <summary>What stands behind a token that ends a word.</summary>
    internal string EndOfWordSuffix { get; init; } = "";

    /// <summary>The texts that are never cut; null where there are none (SentencePiece's user-defined pieces).</summary>
    internal FixedPieces? Fixed { get; init; }

    /// <inheritdoc/>
    public IPieceSpeller CreateSpeller() => new BytePairSpeller(this);
}
