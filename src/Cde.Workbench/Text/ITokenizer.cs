namespace Cde.Workbench.Text;

/// <summary>Turns texts into token ids. Safe to use from several threads.</summary>
public interface ITokenizer
{
    /// <summary>How many ids there are: every id is at least 0 and below this.</summary>
    int VocabularySize { get; }

    /// <summary>The id that fills a batch up to a rectangle.</summary>
    int PadId { get; }

    /// <summary>How many special tokens a single text gets: 2 for <c>[CLS] text [SEP]</c>.</summary>
    int SpecialTokenCount { get; }

    /// <summary>How many special tokens a pair gets: 3 for <c>[CLS] a [SEP] b [SEP]</c>.</summary>
    int PairSpecialTokenCount { get; }

    /// <summary>The most tokens that the model of this tokenizer takes, where its files say so.</summary>
    int? ModelMaxTokens { get; }

    /// <summary>The hash of everything that decides the ids: vocabulary, rules, special tokens.</summary>
    string Hash { get; }

    /// <summary>Encodes texts. The ids do not depend on the number of threads.</summary>
    /// <exception cref="CdeException">The options leave no room for a token of the text.</exception>
    TokenBatch Encode(IReadOnlyList<string> texts, TokenizeOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Encodes pairs of texts; <see cref="TokenBatch.TypeIds"/> tells the two apart.</summary>
    /// <exception cref="CdeException">A pair is too long and <paramref name="truncation"/> cannot make it fit.</exception>
    TokenBatch EncodePairs(
        IReadOnlyList<(string First, string Second)> pairs,
        PairTruncation truncation = PairTruncation.LongestFirst,
        TokenizeOptions? options = null,
        CancellationToken cancellationToken = default);

    /// <summary>The id of a token as the vocabulary spells it, or null.</summary>
    int? TokenId(string token);

    /// <summary>The token of an id, as the vocabulary spells it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such id.</exception>
    string TokenText(int id);

    /// <summary>Writes ids as text again; what normalization took away is not restored.</summary>
    string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens = true);
}
