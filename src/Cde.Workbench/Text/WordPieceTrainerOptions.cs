namespace Cde.Workbench.Text;

/// <summary>How a WordPiece vocabulary is trained.</summary>
public sealed record WordPieceTrainerOptions
{
    /// <summary>The most tokens, special ones included.</summary>
    /// <value>Default 8,192; at least the special tokens and the alphabet are kept.</value>
    public int VocabularySize { get; init; } = 8192;

    /// <summary>Pairs that occur less often are not merged.</summary>
    /// <value>Default 2; at least 1.</value>
    public int MinFrequency { get; init; } = 2;

    /// <summary>The most characters of the alphabet: the most frequent ones. Words with another character are left out.</summary>
    /// <value>Default 1,000 (as Hugging Face's trainers advise for WordPiece).</value>
    public int AlphabetLimit { get; init; } = 1000;

    /// <summary>The first tokens, whose ids start at 0.</summary>
    /// <value>Default <c>[PAD] [UNK] [CLS] [SEP] [MASK]</c>.</value>
    public IReadOnlyList<string> SpecialTokens { get; init; } = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    /// <summary>The rules that the tokenizer will have: case, accents, ideographs, identifiers, continuation prefix.</summary>
    public WordPieceOptions Rules { get; init; } = new();
}
