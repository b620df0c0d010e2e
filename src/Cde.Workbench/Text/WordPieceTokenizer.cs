using System.Collections.Concurrent;
using System.Globalization;
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
    private readonly WordPieceVocabulary _vocabulary;
    private readonly CharacterTable _table;
    private readonly AddedTokenFinder _addedTokens;
    private readonly SequenceTemplate _single;
    private readonly SequenceTemplate _pair;
    private readonly HashSet<int> _specialIds;
    private readonly int _unknownId;
    private readonly ConcurrentBag<WordPieceEncoder> _encoders = [];

    internal WordPieceTokenizer(WordPieceDefinition definition)
    {
        var options = definition.Options;
        if (options.MaxWordLength is < 1 or > 10_000)
            throw new CdeException($"{definition.Source}: the longest word is {options.MaxWordLength} characters; it must be from 1 to 10,000");
        (Options, _tokens, _idOfToken) = (options, definition.Tokens, definition.IdOfToken);
        var special = definition.SpecialTokens();
        _unknownId = special[options.UnknownToken];
        PadId = special[options.PadToken];
        _specialIds = [.. special.Values, .. options.AddedTokens.Where(token => token.IsSpecial).Select(token => token.Id)];
        _single = definition.Single ?? SequenceTemplate.BertSingle(special[options.ClassToken], special[options.SeparatorToken]);
        _pair = definition.Pair ?? SequenceTemplate.BertPair(special[options.ClassToken], special[options.SeparatorToken]);
        _vocabulary = new WordPieceVocabulary(definition.Pieces, options.ContinuationPrefix);
        _table = CharacterTable.For(
            new CharacterRules(options.Lowercase, options.StripAccents ?? options.Lowercase, options.SplitChinese));
        var inText = options.SpecialTokensInText ? special.Select(entry => new AddedToken(entry.Key, entry.Value)) : [];
        _addedTokens = new AddedTokenFinder(options.AddedTokens.Concat(inText).DistinctBy(token => token.Content));
        Hash = definition.ComputeHash();
    }

    /// <summary>The rules.</summary>
    public WordPieceOptions Options { get; }

    /// <inheritdoc/>
    public int VocabularySize => _tokens.Count;

    /// <inheritdoc/>
    public int PadId { get; }

    /// <inheritdoc/>
    public int SpecialTokenCount => _single.SpecialTokenCount;

    /// <inheritdoc/>
    public int PairSpecialTokenCount => _pair.SpecialTokenCount;

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
    public static WordPieceTokenizer FromTokenizerJson(string path) => new(TokenizerJson.Read(path));

    /// <summary>
    /// Reads a model folder: <c>tokenizer.json</c> where there is one, else <c>vocab.txt</c>, with what <c>tokenizer_config.json</c> says
    /// beside. As transformers' <c>AutoTokenizer</c> it takes the rules of the fast tokenizer.
    /// </summary>
    /// <exception cref="CdeException">The folder holds no WordPiece tokenizer that can be read.</exception>
    public static WordPieceTokenizer FromFolder(string modelFolder) => new(TokenizerFolder.Read(modelFolder));

    /// <inheritdoc/>
    public TokenBatch Encode(IReadOnlyList<string> texts, TokenizeOptions? options = null, CancellationToken cancellationToken = default)
    {
        var chosen = options ?? new TokenizeOptions();
        var template = chosen.AddSpecialTokens ? _single : _single.WithoutSpecialTokens();
        var room = Room(template, chosen.MaxTokens);
        return ParallelEncoding.Run(
            texts.Count,
            row => chosen.Prompt.Length + texts[row].Length,
            withTypes: template.Parts.Any(part => part.TypeId != 0),
            Rent,
            (row, output) =>
            {
                foreach (var part in template.Parts)
                {
                    var before = output.Encoder.Ids.Count;
                    output.Encoder.Ids.Add(part.Ids);
                    if (part.Ids.Length == 0)
                        output.Encoder.Append(chosen.Prompt, texts[row], room);
                    output.AddTypes(part.TypeId, output.Encoder.Ids.Count - before);
                }
            },
            _encoders.Add,
            chosen.Threads,
            cancellationToken);
    }

    /// <inheritdoc/>
    public TokenBatch EncodePairs(
        IReadOnlyList<(string First, string Second)> pairs,
        PairTruncation truncation = PairTruncation.LongestFirst,
        TokenizeOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var chosen = options ?? new TokenizeOptions();
        var template = chosen.AddSpecialTokens ? _pair : _pair.WithoutSpecialTokens();
        var room = Room(template, chosen.MaxTokens);
        return ParallelEncoding.Run(
            pairs.Count,
            row => chosen.Prompt.Length + pairs[row].First.Length + pairs[row].Second.Length,
            withTypes: true,
            Rent,
            (row, output) => AppendPair(row, pairs[row], output),
            _encoders.Add,
            chosen.Threads,
            cancellationToken);

        void AppendPair(int row, (string First, string Second) pair, EncodedRows output)
        {
            var ids = output.Encoder.Ids;
            var start = ids.Count;
            output.Encoder.Append(chosen.Prompt, pair.First, int.MaxValue);
            var middle = ids.Count;
            output.Encoder.Append("", pair.Second, int.MaxValue);
            var kept = PairLengths.Cut(middle - start, ids.Count - middle, room, truncation)
                ?? throw new CdeException(
                    $"pair {row} has {middle - start} and {ids.Count - middle} tokens where {room} fit, and truncation {truncation} cannot cut it; "
                    + $"use {nameof(PairTruncation.LongestFirst)} or more tokens");
            var firstIds = ids.Items[start..(start + kept.First)].ToArray();
            var secondIds = ids.Items[middle..(middle + kept.Second)].ToArray();
            ids.Truncate(start);
            foreach (var part in template.Parts)
            {
                var content = part.Ids.Length > 0 ? part.Ids : part.TextIndex == 0 ? firstIds : secondIds;
                ids.Add(content);
                output.AddTypes(part.TypeId, content.Length);
            }
        }
    }

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
    internal WordPieceEncoder Rent() =>
        _encoders.TryTake(out var encoder) ? encoder : new WordPieceEncoder(_vocabulary, _table, _addedTokens, Options, _unknownId);

    private static int Room(SequenceTemplate template, int maxTokens)
    {
        var room = maxTokens - template.SpecialTokenCount;
        return room > 0
            ? room
            : throw new CdeException(string.Create(
                CultureInfo.InvariantCulture,
                $"{maxTokens} tokens leave no room for text: the special tokens take {template.SpecialTokenCount}; use at least {template.SpecialTokenCount + 1}"));
    }
}
