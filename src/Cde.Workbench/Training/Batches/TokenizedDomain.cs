using Cde.Workbench.Text;

namespace Cde.Workbench.Training;

/// <summary>A training domain after tokenisation.</summary>
internal sealed class TokenizedDomain
{
    private TokenizedDomain(TokenBatch queries, TokenBatch documents) => (Queries, Documents) = (queries, documents);

    public TokenBatch Queries { get; }

    public TokenBatch Documents { get; }

    /// <summary>Texts that are tokenised already.</summary>
    public static TokenizedDomain Of(TokenBatch queries, TokenBatch documents) => new(queries, documents);

    /// <summary>Queries with their prompt and documents with theirs, each cut at its limit; single texts are documents on both sides.</summary>
    public static TokenizedDomain From(TrainingDomain domain, ITokenizer tokenizer, IReadOnlyDictionary<string, string> prompts, TrainedModelOptions limits)
    {
        var isSingle = domain.IsSingleTexts;
        return new(
            Encode(domain.Queries, tokenizer, prompts.GetValueOrDefault(isSingle ? "document" : "query", ""), isSingle || limits.MaxQueryTokens == 0 ? limits.MaxTokens : limits.MaxQueryTokens),
            Encode(domain.Documents, tokenizer, prompts.GetValueOrDefault("document", ""), limits.MaxTokens));
    }

    /// <summary>Most tokens that a query, its longest document and its <paramref name="negatives"/> longest hard negatives hold.</summary>
    public int Cost(TrainingDomain domain, int query, int negatives) =>
        Queries.Length(query) + domain.Positives[query].Max(Documents.Length)
        + (negatives == 0 ? 0 : negatives * (domain.Negatives?[query].Select(Documents.Length).DefaultIfEmpty(0).Max() ?? 0));

    private static TokenBatch Encode(IReadOnlyList<string> texts, ITokenizer tokenizer, string prompt, int maxTokens) =>
        tokenizer.Encode(texts, new TokenizeOptions { MaxTokens = maxTokens, Prompt = prompt });
}
