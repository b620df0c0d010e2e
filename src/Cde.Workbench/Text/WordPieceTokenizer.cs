using System.Text;
using Cde.Workbench.Text.Normalization;

namespace Cde.Workbench.Text;

/// <summary>
/// The tokenizer of BERT and its family (Devlin et al. 2018): words split at blanks and punctuation, each spelled with the longest pieces of
/// a vocabulary from left to right. Gives the ids of transformers' <c>BertTokenizer</c>, or of <c>BertTokenizerFast</c> where read from
/// <c>tokenizer.json</c>.
/// </summary>
public sealed class WordPieceTokenizer : ITokenizer
{
    private readonly IReadOnlyList<string> _tokens;
    private readonly Dictionary<string, int> _idOfToken;
    private readonly SequenceEncoding _sequences;
    private readonly HashSet<int> _specialIds;

    internal WordPieceTokenizer(WordPieceDefinition definition)
    {
        var options = definition.Options;
        if (options.MaxWordLength is < 1 or > 10_000)
            throw new CdeException($"{definition.Source}: the longest word is {options.MaxWordLength} characters; it must be from 1 to 10,000");
        (Options, _tokens, _idOfToken) = (options, definition.Tokens, definition.IdOfToken);
        var special = definition.SpecialTokens();
        PadId = special[options.PadToken];
        _specialIds = [.. special.Values, .. options.AddedTokens.Where(token => token.IsSpecial).Select(token => token.Id)];
        var vocabulary = new WordPieceVocabulary(definition.Pieces, options.ContinuationPrefix);
        var table = CharacterTable.For(
            new CharacterRules(options.Lowercase, options.StripAccents ?? options.Lowercase, options.SplitChinese));
        var inText = options.SpecialTokensInText ? special.Select(entry => new AddedToken(entry.Key, entry.Value)) : [];
        var addedTokens = new AddedTokenFinder(options.AddedTokens.Concat(inText).DistinctBy(token => token.Content));
        _sequences = new SequenceEncoding(
            definition.Single ?? SequenceTemplate.BertSingle(special[options.ClassToken], special[options.SeparatorToken]),
            definition.Pair ?? SequenceTemplate.BertPair(special[options.ClassToken], special[options.SeparatorToken]),
            () => new WordPieceEncoder(vocabulary, table, addedTokens, options, special[options.UnknownToken]));
        Hash = definition.ComputeHash();
    }

    /// <summary>The rules.</summary>
    public WordPieceOptions Options { get; }

    /// <inheritdoc/>
    public int VocabularySize => _tokens.Count;

    /// <inheritdoc/>
    public int PadId { get; }

    /// <inheritdoc/>
    public int SpecialTokenCount => _sequences.SpecialTokenCount;

    /// <inheritdoc/>
    public int PairSpecialTokenCount => _sequences.PairSpecialTokenCount;

    /// <inheritdoc/>
    public int? ModelMaxTokens => Options.ModelMaxTokens;

    /// <inheritdoc/>
    public string Hash { get; }

    /// <summary>Reads a <c>vocab.txt</c>: a token a line, its id the line number from 0.</summary>
    /// <exception cref="CdeException">The file cannot be read, or lacks special tokens.</exception>
    public static WordPieceTokenizer FromVocab(string path, WordPieceOptions? options = null) =>
        new(WordPieceDefinition.ReadVocabulary(path, options ?? new WordPieceOptions()));

    /// <summary>Reads a <c>tokenizer.json</c> of Hugging Face's tokenizers.</summary>
    /// <exception cref="CdeException">The file cannot be read, or describes something other than a BERT WordPiece tokenizer.</exception>
    public static WordPieceTokenizer FromTokenizerJson(string path) => new(JsonReading.Guard(path, () => TokenizerJson.Read(path)));

    /// <summary>
    /// Reads a model folder: <c>tokenizer.json</c> where there is one, else <c>vocab.txt</c>, with what <c>tokenizer_config.json</c> says
    /// beside. As transformers' <c>AutoTokenizer</c> it takes the rules of the fast tokenizer.
    /// </summary>
    /// <exception cref="CdeException">The folder holds no WordPiece tokenizer that can be read.</exception>
    public static WordPieceTokenizer FromFolder(string modelFolder) => new(JsonReading.Guard(modelFolder, () => TokenizerFolder.Read(modelFolder)));

    /// <inheritdoc/>
    public TokenBatch Encode(IReadOnlyList<string> texts, TokenizeOptions? options = null, CancellationToken cancellationToken = default) =>
        _sequences.Encode(texts, options, cancellationToken);

    /// <inheritdoc/>
    public TokenBatch EncodePairs(
        IReadOnlyList<(string First, string Second)> pairs,
        PairTruncation truncation = PairTruncation.LongestFirst,
        TokenizeOptions? options = null,
        CancellationToken cancellationToken = default) => _sequences.EncodePairs(pairs, truncation, options, cancellationToken);

    /// <inheritdoc/>
    public int? TokenId(string token) => _idOfToken.TryGetValue(token, out var id) ? id : null;

    /// <inheritdoc/>
    public string TokenText(int id)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(id);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(id, _tokens.Count);
        return _tokens[id];
    }

    /// <inheritdoc/>
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens = true)
    {
        var text = new StringBuilder();
        foreach (var id in ids)
        {
            if (skipSpecialTokens && _specialIds.Contains(id))
                continue;
            if (text.Length > 0)
                text.Append(' ');
            text.Append(TokenText(id));
        }

        text.Replace(" " + Options.ContinuationPrefix, "");
        return DecodedText.CleanUp(text.ToString().Trim(), Options.CleanUpDecodedText);
    }

    /// <summary>One thread's encoder; tests measure it.</summary>
    internal ITextEncoder Rent() => _sequences.Rent();
}
