namespace Cde.Workbench.Text;

/// <summary>The rules of a byte-level tokenizer that is read from <c>vocab.json</c> and <c>merges.txt</c>. The defaults are those of transformers' <c>RobertaTokenizer</c>.</summary>
public sealed record ByteLevelOptions
{
    /// <summary>The rules of <c>RobertaTokenizer</c>.</summary>
    public static ByteLevelOptions Roberta { get; } = new();

    /// <summary>The rules of <c>GPT2Tokenizer</c>: no tokens around a text.</summary>
    public static ByteLevelOptions Gpt2 { get; } = new()
    {
        ClassToken = null,
        SeparatorToken = null,
        PadToken = "<|endoftext|>",
        UnknownToken = "<|endoftext|>",
        MaskToken = null,
        PrefixesEveryText = true,
    };

    /// <summary>Whether a text gets a space in front: under RoBERTa's rules one that does not start with a blank, under GPT-2's every one.</summary>
    /// <value>Default false.</value>
    public bool AddPrefixSpace { get; init; }

    /// <summary>The token in front of a text; null for none.</summary>
    public string? ClassToken { get; init; } = "<s>";

    /// <summary>The token behind a text, and twice between two; null for none.</summary>
    public string? SeparatorToken { get; init; } = "</s>";

    /// <summary>The token that fills up a batch.</summary>
    public string PadToken { get; init; } = "<pad>";

    /// <summary>The token for what the vocabulary cannot spell.</summary>
    public string UnknownToken { get; init; } = "<unk>";

    /// <summary>The token of masked-language training, which takes the blanks before it; null for none.</summary>
    public string? MaskToken { get; init; } = "<mask>";

    /// <summary>Other tokens that are found in raw text.</summary>
    public IReadOnlyList<AddedToken> AddedTokens { get; init; } = [];

    /// <summary>Whether texts are composed (NFC) and split by Qwen2's expression, which keeps digits apart.</summary>
    /// <value>Default false: GPT-2's expression.</value>
    public bool SplitsAsQwen2 { get; init; }

    /// <summary>Whether decoding joins punctuation and contractions to the word before.</summary>
    /// <value>Default false.</value>
    public bool CleanUpDecodedText { get; init; }

    /// <summary>Whether <see cref="AddPrefixSpace"/> goes for every text.</summary>
    internal bool PrefixesEveryText { get; init; }

    /// <summary>The most tokens that the model takes, where known.</summary>
    public int? ModelMaxTokens { get; init; }
}
