using Cde.Workbench.Text;
using static TorchSharp.torch;

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

    /// <summary>(B, B): whether document j of the batch also answers query i; null where none does.</summary>
    public Tensor? AlsoRelevant(TrainingBatch batch)
    {
        var count = batch.Queries.Length;
        var relevant = new bool[count * count];
        var any = false;
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
                any |= (relevant[i * count + j] = i != j && positives[batch.Queries[i]].Contains(batch.Documents[j]));
        }

        return any ? tensor(relevant, [count, count]) : null;
    }

    private static TokenBatch Encode(IReadOnlyList<string> texts, ITokenizer tokenizer, string prompt, int maxTokens) =>
        tokenizer.Encode(texts, new TokenizeOptions { MaxTokens = maxTokens, Prompt = prompt });
}
