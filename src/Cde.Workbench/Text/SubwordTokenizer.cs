using Cde.Workbench.Text.Files;

namespace Cde.Workbench.Text;

/// <summary>
/// A tokenizer built from steps: normalization, splitting, a vocabulary of subwords (byte-pair encoding, unigram language model, and others) and
/// special tokens around. It computes what a <c>tokenizer.json</c> describes, GPT-2's and RoBERTa's <c>vocab.json</c> and <c>merges.txt</c>, and
/// SentencePiece's models.
/// </summary>
public sealed class SubwordTokenizer : ITokenizer
{
    private readonly SubwordDefinition _definition;
    private readonly Dictionary<string, int> _idOfToken;
    private readonly SequenceEncoding _sequences;

    internal SubwordTokenizer(SubwordDefinition definition)
    {
        _definition = definition;
        _idOfToken = new Dictionary<string, int>(definition.Tokens.Count, StringComparer.Ordinal);
        for (var id = 0; id < definition.Tokens.Count; id++)
            _idOfToken[definition.Tokens[id]] = id;
        var inText = new AddedTokenFinder(definition.AddedTokens.Where(token => !token.IsNormalized));
        var inNormalized = new AddedTokenFinder(definition.AddedTokens.Where(token => token.IsNormalized)
            .Select(token => token with { Content = definition.Normalizer?.Apply(token.Content) ?? token.Content, IgnoreCase = false }));
        _sequences = new SequenceEncoding(definition.Single, definition.Pair, () => new SubwordEncoder(definition, inText, inNormalized));
    }

    /// <summary>Reads a <c>tokenizer.json</c> of Hugging Face's tokenizers, and what <c>tokenizer_config.json</c> beside it says.</summary>
    /// <exception cref="CdeException">The file is damaged, or has a part that is not known here; the message names it.</exception>
    public static SubwordTokenizer FromTokenizerJson(string path) =>
        new(JsonReading.Guard(path, () => SubwordJson.Read(path, TokenizerSettings.Read(Path.GetDirectoryName(Path.GetFullPath(path))!))));

    /// <summary>Reads the files of a byte-level tokenizer; the ids are those of transformers' slow tokenizers.</summary>
    /// <param name="vocabularyPath"><c>vocab.json</c>: token and id.</param>
    /// <param name="mergesPath"><c>merges.txt</c>: two tokens a line, in order of precedence.</param>
    /// <param name="options">The rules; RoBERTa's where null.</param>
    /// <exception cref="CdeException">A file cannot be read, or the two do not belong together.</exception>
    public static SubwordTokenizer FromVocabAndMerges(string vocabularyPath, string mergesPath, ByteLevelOptions? options = null) =>
        new(JsonReading.Guard(vocabularyPath, () => ByteLevelFiles.Read(vocabularyPath, mergesPath, options ?? ByteLevelOptions.Roberta)));

    /// <summary>Reads a SentencePiece model (<c>.model</c>, unigram or byte pairs); the ids are SentencePiece's own, with nothing around a text.</summary>
    /// <exception cref="CdeException">The file is damaged, or asks for what is not computed here.</exception>
    public static SubwordTokenizer FromSentencePiece(string path) => new(SentencePieceFiles.Read(path));

    /// <summary>What makes the ids: "BPE", "Unigram", "WordPiece" or "WordLevel".</summary>
    public string Kind => _definition.Kind;

    /// <inheritdoc/>
    public int VocabularySize => _definition.Tokens.Count;

    /// <inheritdoc/>
    public int PadId => _definition.PadId;

    /// <inheritdoc/>
    public int SpecialTokenCount => _sequences.SpecialTokenCount;

    /// <inheritdoc/>
    public int PairSpecialTokenCount => _sequences.PairSpecialTokenCount;

    /// <inheritdoc/>
    public int? ModelMaxTokens => _definition.ModelMaxTokens;

    /// <inheritdoc/>
    public string Hash => _definition.Hash;

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
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(id, _definition.Tokens.Count);
        return _definition.Tokens[id];
    }

    /// <inheritdoc/>
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens = true)
    {
        var tokens = new List<string>(ids.Length);
        foreach (var id in ids)
        {
            if (!skipSpecialTokens || !_definition.SpecialIds.Contains(id))
                tokens.Add(TokenText(id));
        }

        var text = _definition.Decoder is { } decoder ? string.Concat(decoder.Apply(tokens)) : string.Join(' ', tokens);
        return DecodedText.CleanUp(text, _definition.CleansUp);
    }
}
