namespace Cde.Workbench.Text;

/// <summary>The rules of a WordPiece tokenizer. The defaults are those of transformers' <c>BertTokenizer</c>.</summary>
public sealed record WordPieceOptions
{
    /// <summary>Whether letters become lower-case.</summary>
    /// <value>Default true (uncased models).</value>
    public bool Lowercase { get; init; } = true;

    /// <summary>Whether combining marks are removed.</summary>
    /// <value>Default null: as <see cref="Lowercase"/>.</value>
    public bool? StripAccents { get; init; }

    /// <summary>Whether ideographs are words of their own.</summary>
    /// <value>Default true.</value>
    public bool SplitChinese { get; init; } = true;

    /// <summary>
    /// Whether text is composed (NFC) where accents are kept. <c>BertTokenizer</c> does since transformers 4.28; <c>BertTokenizerFast</c>,
    /// and with it every <c>tokenizer.json</c>, does not.
    /// </summary>
    /// <value>Default true.</value>
    public bool Compose { get; init; } = true;

    /// <summary>Whether <see cref="IdentifierSplitter"/> goes over the text first.</summary>
    /// <value>Default false; models trained here on API documentation set it.</value>
    public bool SplitIdentifiers { get; init; }

    /// <summary>Longer words become the unknown token, in code points.</summary>
    /// <value>Default 100; from 1 to 10,000.</value>
    public int MaxWordLength { get; init; } = 100;

    /// <summary>What stands in front of a piece that continues a word.</summary>
    /// <value>Default <c>##</c>.</value>
    public string ContinuationPrefix { get; init; } = "##";

    /// <summary>The token for words that the vocabulary cannot spell.</summary>
    public string UnknownToken { get; init; } = "[UNK]";

    /// <summary>The token in front of a text.</summary>
    public string ClassToken { get; init; } = "[CLS]";

    /// <summary>The token behind a text.</summary>
    public string SeparatorToken { get; init; } = "[SEP]";

    /// <summary>The token that fills up a batch.</summary>
    public string PadToken { get; init; } = "[PAD]";

    /// <summary>The token of masked-language training; a vocabulary may lack it.</summary>
    public string MaskToken { get; init; } = "[MASK]";

    /// <summary>Tokens that are found in raw text as they stand, beside the special tokens.</summary>
    public IReadOnlyList<AddedToken> AddedTokens { get; init; } = [];

    /// <summary>Whether special tokens written in a text are taken as such, as transformers does; otherwise they are spelled like other text.</summary>
    /// <value>Default true.</value>
    public bool SpecialTokensInText { get; init; } = true;

    /// <summary>Whether decoding joins punctuation and contractions to the word before.</summary>
    /// <value>Default true.</value>
    public bool CleanUpDecodedText { get; init; } = true;

    /// <summary>The most tokens that the model takes, where known.</summary>
    public int? ModelMaxTokens { get; init; }
}
