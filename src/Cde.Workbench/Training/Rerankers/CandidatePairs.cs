using Cde.Workbench.Text;

namespace Cde.Workbench.Training.Rerankers;

/// <summary>The pairs that a reranker reads of a training batch: each query with its document, then with its hard negatives.</summary>
/// <param name="data">The training domains.</param>
/// <param name="tokenizer">The model's tokenizer.</param>
/// <param name="maxTokens">Most tokens of a pair; the longer text is cut, as <see cref="Models.Rerankers.RerankerModel"/> cuts it.</param>
internal sealed class CandidatePairs(IReadOnlyList<TrainingDomain> data, ITokenizer tokenizer, int maxTokens)
{
    private readonly TokenizeOptions options = new() { MaxTokens = maxTokens };

    /// <summary>(B G) pairs, the G candidates of query 0 first, the right one first of each.</summary>
    public TokenBatch Of(TrainingBatch batch)
    {
        var (domain, perQuery) = (data[batch.Domain], batch.Negatives.Length / batch.Queries.Length);
        var pairs = new List<(string, string)>(batch.Queries.Length * (1 + perQuery));
        for (var i = 0; i < batch.Queries.Length; i++)
        {
            var query = domain.Queries[batch.Queries[i]];
            pairs.Add((query, domain.Documents[batch.Documents[i]]));
            pairs.AddRange(batch.Negatives.AsSpan(i * perQuery, perQuery).ToArray().Select(negative => (query, domain.Documents[negative])));
        }

        return Encode(pairs);
    }

    /// <summary>Most tokens that a query puts into a batch with <paramref name="negatives"/> hard negatives.</summary>
    public int Cost(int domain, int query, int negatives)
    {
        var texts = data[domain];
        var hard = negatives == 0 ? [] : texts.Negatives![query];
        var pairs = Encode([.. texts.Positives[query].Concat(hard).Select(document => (texts.Queries[query], texts.Documents[document]))]);
        var right = texts.Positives[query].Count;
        return Longest(0, right) + negatives * Longest(right, pairs.Count);

        int Longest(int from, int to) => Enumerable.Range(from, to - from).Select(pairs.Length).DefaultIfEmpty(0).Max();
    }

    private TokenBatch Encode(IReadOnlyList<(string, string)> pairs) => tokenizer.EncodePairs(pairs, PairTruncation.LongestFirst, options);
}
