using System.Text;
using Cde.Workbench.Text;

namespace Cde.Workbench.Models.Static;

/// <summary>
/// The tokenizer of a static model: no tokens around a text, unknown ones left out. A text of which nothing is left is the one token
/// <see cref="NoTokens"/>, whose vector is zero.
/// </summary>
/// <param name="inner">Makes the ids.</param>
/// <param name="unknownId">The id that is left out; null for none.</param>
/// <param name="charactersAToken">
/// Texts lose what lies behind this many characters for each token that fits, before they are tokenised; null to keep them whole. Model2Vec does so, with the
/// median length of its tokens.
/// </param>
internal sealed class StaticTokenizer(ITokenizer inner, int? unknownId, int? charactersAToken = null) : ITokenizer
{
    /// <summary>The id that stands for a text without tokens: behind those of the vocabulary.</summary>
    public int NoTokens => inner.VocabularySize;

    /// <inheritdoc/>
    public int VocabularySize => inner.VocabularySize + 1;

    /// <inheritdoc/>
    public int PadId => NoTokens;

    /// <inheritdoc/>
    public int SpecialTokenCount => 0;

    /// <inheritdoc/>
    public int PairSpecialTokenCount => 0;

    /// <inheritdoc/>
    public int? ModelMaxTokens => inner.ModelMaxTokens;

    /// <inheritdoc/>
    public string Hash => ContentHash.OfText($"static {inner.Hash} {unknownId} {charactersAToken}");

    /// <inheritdoc/>
    public TokenBatch Encode(IReadOnlyList<string> texts, TokenizeOptions? options = null, CancellationToken cancellationToken = default)
    {
        var chosen = options ?? new TokenizeOptions();
        if (chosen.MaxTokens < 1)
            throw new CdeException($"{chosen.MaxTokens} tokens leave no room for text; use at least 1");
        var all = inner.Encode(
            charactersAToken is { } characters ? [.. texts.Select(text => Cut(text, characters * (long)chosen.MaxTokens - chosen.Prompt.Length))] : texts,
            chosen with { AddSpecialTokens = false, MaxTokens = int.MaxValue },
            cancellationToken);
        var (ids, offsets) = (new List<int>(), new int[all.Count + 1]);
        for (var row = 0; row < all.Count; row++)
        {
            foreach (var id in all[row])
            {
                if (id != unknownId && ids.Count - offsets[row] < chosen.MaxTokens)
                    ids.Add(id);
            }

            if (ids.Count == offsets[row])
                ids.Add(NoTokens);
            offsets[row + 1] = ids.Count;
        }

        return new TokenBatch([.. ids], offsets);
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always: a static model has no vectors of pairs.</exception>
    public TokenBatch EncodePairs(
        IReadOnlyList<(string First, string Second)> pairs,
        PairTruncation truncation = PairTruncation.LongestFirst,
        TokenizeOptions? options = null,
        CancellationToken cancellationToken = default) => throw new NotSupportedException("a static model embeds single texts; it has no vectors of pairs");

    /// <inheritdoc/>
    public int? TokenId(string token) => inner.TokenId(token);

    /// <inheritdoc/>
    public string TokenText(int id) => id == NoTokens ? "" : inner.TokenText(id);

    /// <inheritdoc/>
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens = true) => ids is [var only] && only == NoTokens ? "" : inner.Decode(ids, skipSpecialTokens);

    // By code points.
    private static string Cut(string text, long characters)
    {
        if (text.Length <= characters)
            return text;
        var index = 0;
        for (long count = 0; index < text.Length && count < characters; count++)
            index += Rune.TryGetRuneAt(text, index, out var rune) ? rune.Utf16SequenceLength : 1;
        return text[..index];
    }
}
