using Cde.Workbench.Models.Rerankers;

namespace Cde.Workbench.Mining;

/// <summary>A cross-encoder's scores of what a search found and of the positives, from 0 to 1 (sigmoid), so that margins as a share of the positive's score mean something.</summary>
public sealed class RerankerScores : ICandidateScores
{
    private readonly Dictionary<(int Query, int Row), float> _scores;

    private RerankerScores(Dictionary<(int, int), float> scores) => _scores = scores;

    /// <summary>Scores every query with its positives and the documents found, each pair once. Memory is queries times depth.</summary>
    /// <param name="reranker">The cross-encoder; it stays the caller's.</param>
    /// <param name="data">What is mined.</param>
    /// <param name="found">The documents found for each query, by their rows in the pool.</param>
    /// <param name="progress">Told after each batch, in pairs.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="CdeException">A score is not finite.</exception>
    public static RerankerScores Of(
        IReranker reranker, MiningData data, IReadOnlyList<IReadOnlyList<FoundDocument>> found, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var places = Enumerable.Range(0, data.Queries.Count)
            .SelectMany(query => data.Queries[query].Positives.Concat(found[query].Select(document => document.Row)).Distinct().Select(row => (Query: query, Row: row)))
            .ToList();
        var scores = reranker.Score(
            [.. places.Select(place => (data.Queries[place.Query].Text, data.Pool[place.Row]))], new RerankOptions { Sigmoid = true }, progress, cancellationToken);
        return new RerankerScores(places.Zip(scores).ToDictionary());
    }

    /// <inheritdoc/>
    public double Score(int query, int row) => _scores.TryGetValue((query, row), out var score)
        ? score
        : throw new CdeException($"document {row} was not found for query {query}, so the cross-encoder has not scored it; score what the search of the same depth finds");
}
