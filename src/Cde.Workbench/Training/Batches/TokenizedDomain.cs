using Cde.Workbench.Text;

namespace Cde.Workbench.Training;

/// <summary>A training domain after tokenisation.</summary>
internal sealed class TokenizedDomain
{
    private readonly HashSet<int>[] positives;

    private TokenizedDomain(TokenBatch queries, TokenBatch documents, HashSet<int>[] positives)
    {
        (Queries, Documents, this.positives) = (queries, documents, positives);
    }

    public TokenBatch Queries { get; }

    public TokenBatch Documents { get; }

    public static TokenizedDomain From(TrainingDomain domain, ITokenizer tokenizer, IReadOnlyDictionary<string, string> prompts, int maxTokens) =>
        new(
            Encode(domain.Queries, tokenizer, prompts.GetValueOrDefault("query", ""), maxTokens),
            Encode(domain.Documents, tokenizer, prompts.GetValueOrDefault("document", ""), maxTokens),
            [.. domain.Positives.Select(list => list.ToHashSet())]);

    /// <summary>Most tokens that a query, its longest document and its <paramref name="negatives"/> longest hard negatives hold.</summary>
    public int Cost(TrainingDomain domain, int query, int negatives) =>
        Queries.Length(query) + domain.Positives[query].Max(Documents.Length)
        + (negatives == 0 ? 0 : negatives * (domain.Negatives?[query].Select(Documents.Length).DefaultIfEmpty(0).Max() ?? 0));

    /// <summary>(B, B + B n): whether candidate j of [documents | negatives] answers query i; j = i does.</summary>
    public bool[] Relevant(TrainingBatch batch)
    {
        int[] candidates = [.. batch.Documents, .. batch.Negatives];
        var relevant = new bool[batch.Queries.Length * candidates.Length];
        for (var i = 0; i < batch.Queries.Length; i++)
        {
            for (var j = 0; j < candidates.Length; j++)
                relevant[i * candidates.Length + j] = positives[batch.Queries[i]].Contains(candidates[j]);
        }

        return relevant;
    }

    private static TokenBatch Encode(IReadOnlyList<string> texts, ITokenizer tokenizer, string prompt, int maxTokens) =>
        tokenizer.Encode(texts, new TokenizeOptions { MaxTokens = maxTokens, Prompt = prompt });
}
