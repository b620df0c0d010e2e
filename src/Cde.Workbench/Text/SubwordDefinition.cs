using Cde.Workbench.Text.Decoding;
using Cde.Workbench.Text.Normalization;
using Cde.Workbench.Text.Splitting;
using Cde.Workbench.Text.Subwords;

namespace Cde.Workbench.Text;

/// <summary>The steps of a subword tokenizer, in the order in which a text passes them.</summary>
internal sealed record SubwordDefinition
{
    /// <summary>What makes the ids: "BPE", "Unigram" and the like.</summary>
    internal required string Kind { get; init; }

    /// <summary>The tokens by id.</summary>
    internal required IReadOnlyList<string> Tokens { get; init; }

    /// <summary>What is done to the whole text before added tokens are looked for; null for nothing.</summary>
    internal ITextNormalizer? Preparation { get; init; }

    /// <summary>The tokens that are found in a text.</summary>
    internal IReadOnlyList<AddedToken> AddedTokens { get; init; } = [];

    /// <summary>Normalizes the text between added tokens; null for nothing.</summary>
    internal ITextNormalizer? Normalizer { get; init; }

    /// <summary>Splits normalized text; null for one piece.</summary>
    internal IPreTokenizer? Splitter { get; init; }

    /// <summary>Whether the pieces are spelled as bytes.</summary>
    internal bool SpellsBytes { get; init; }

    /// <summary>Spells the pieces.</summary>
    internal required ITokenModel Model { get; init; }

    /// <summary>What stands around a text.</summary>
    internal required SequenceTemplate Single { get; init; }

    /// <summary>What stands around a pair.</summary>
    internal required SequenceTemplate Pair { get; init; }

    /// <summary>Turns tokens into text; null to join them with blanks.</summary>
    internal ITokenDecoder? Decoder { get; init; }

    /// <summary>Whether decoding joins punctuation and contractions to the word before.</summary>
    internal bool CleansUp { get; init; }

    /// <summary>The ids that decoding skips on request.</summary>
    internal IReadOnlySet<int> SpecialIds { get; init; } = new HashSet<int>();

    /// <summary>The id that fills a batch.</summary>
    internal int PadId { get; init; }

    /// <summary>The most tokens that the model takes, where known.</summary>
    internal int? ModelMaxTokens { get; init; }

    /// <summary>The hash of everything that decides the ids.</summary>
    internal required string Hash { get; init; }
}
