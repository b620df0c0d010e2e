using Cde.Workbench.Text;
using static TorchSharp.torch;

namespace Cde.Workbench.Models.MultiVector;

/// <summary>
/// Texts as a ColBERT model reads them: a marker behind <c>[CLS]</c>, queries filled up with <c>[MASK]</c> tokens; which tokens are attended to, and which have vectors.
/// Inference and training read texts through this one class.
/// </summary>
internal sealed class ColbertTokens
{
    /// <summary>Stands where the marker goes until the text is tokenised, as in the original.</summary>
    private const string MarkerPlace = ". ";

    /// <summary>Python's <c>string.punctuation</c>, which the original skips.</summary>
    private const string Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    private readonly ColbertConfig config;
    private readonly ITokenizer tokenizer;
    private readonly int query;
    private readonly int document;
    private readonly int mask;
    private readonly HashSet<int> skipped;

    /// <summary>Looks up the special tokens.</summary>
    /// <param name="folder">Whose vocabulary it is, for the message.</param>
    /// <param name="config">How texts are read.</param>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <exception cref="CdeException">The vocabulary lacks a marker or a mask.</exception>
    public ColbertTokens(string folder, ColbertConfig config, ITokenizer tokenizer)
    {
        (this.config, this.tokenizer) = (config, tokenizer);
        (query, document) = (Id(config.QueryMarker), Id(config.DocumentMarker));
        mask = tokenizer.TokenId("[MASK]") ?? tokenizer.TokenId("<mask>") ?? throw new CdeException($"{folder}: the vocabulary has no token [MASK] or <mask>, which a ColBERT model needs");
        skipped = config.SkipsPunctuation ? [.. Punctuation.Select(symbol => tokenizer.TokenId(symbol.ToString())).OfType<int>()] : [];

        int Id(string token) => tokenizer.TokenId(token)
            ?? throw new CdeException($"{folder}: the vocabulary has no token {token}, which marks texts of a ColBERT model; name two rare tokens that it has as query_token_id and doc_token_id in artifact.metadata");
    }

    /// <summary>Queries, each filled up to <paramref name="length"/> tokens.</summary>
    public TokenBatch Queries(IReadOnlyList<string> texts, int length, CancellationToken cancellationToken = default)
    {
        var tokens = Tokenize(texts, length, cancellationToken);
        var ids = new int[tokens.Count * length];
        Array.Fill(ids, mask);
        for (var row = 0; row < tokens.Count; row++)
        {
            tokens[row].CopyTo(ids.AsSpan(row * length));
            ids[row * length + 1] = query;
        }

        return new TokenBatch(ids, [.. Enumerable.Range(0, tokens.Count + 1).Select(row => row * length)]);
    }

    /// <summary>Documents of at most <paramref name="length"/> tokens.</summary>
    public TokenBatch Documents(IReadOnlyList<string> texts, int length, CancellationToken cancellationToken = default)
    {
        var tokens = Tokenize(texts, length, cancellationToken);
        var (ids, offsets) = (new int[tokens.TotalTokens], new int[tokens.Count + 1]);
        for (var row = 0; row < tokens.Count; row++)
        {
            tokens[row].CopyTo(ids.AsSpan(offsets[row]));
            ids[offsets[row] + 1] = document;
            offsets[row + 1] = offsets[row] + tokens.Length(row);
        }

        return new TokenBatch(ids, offsets);
    }

    /// <summary>
    /// 1 on tokens that others see: all but the padding and, where the model does not attend to its expansion, the <c>[MASK]</c> tokens at a query's end. Documents end with
    /// a separator, so that theirs are seen.
    /// </summary>
    /// <param name="ids">(B, T).</param>
    /// <param name="real">1 on tokens, 0 on padding, (B, T).</param>
    public Tensor Attended(Tensor ids, Tensor real)
    {
        if (config.AttendsToExpansion)
            return real.alias();
        using var scope = NewDisposeScope();
        var places = arange(ids.size(1), dtype: ScalarType.Int64, device: ids.device); // (T)
        var last = (ids.ne(mask).to_type(ScalarType.Int64) * real * places).amax([1], keepdim: true); // (B, 1): the last token that is no expansion
        return (places.le(last).to_type(ScalarType.Int64) * real).MoveToOuterDisposeScope();
    }

    /// <summary>1 on tokens with a vector of their own: all of a query, of a document those that are no punctuation; (B, T) each.</summary>
    public Tensor Kept(Tensor ids, Tensor real)
    {
        if (skipped.Count == 0)
            return real.alias();
        using var scope = NewDisposeScope();
        var isDocument = ids.narrow(1, 1, 1).eq(document); // (B, 1)
        var isSkipped = ids.isin(tensor([.. skipped.Select(id => (long)id)], device: ids.device));
        return (real * isDocument.logical_and(isSkipped).logical_not().to_type(ScalarType.Int64)).MoveToOuterDisposeScope();
    }

    private TokenBatch Tokenize(IReadOnlyList<string> texts, int maxTokens, CancellationToken cancellationToken) =>
        tokenizer.Encode(texts, new TokenizeOptions { MaxTokens = maxTokens, Prompt = MarkerPlace }, cancellationToken);
}
