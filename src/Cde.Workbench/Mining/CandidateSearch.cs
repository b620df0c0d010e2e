using System.Globalization;
using Cde.Workbench.Mining.FalseNegatives;
using Cde.Workbench.Search;

namespace Cde.Workbench.Mining;

/// <summary>Finds the candidates of every query by exact search over a model's vectors.</summary>
public static class CandidateSearch
{
    /// <summary>Searches, in memory of queries times depth whatever the size of the pool.</summary>
    /// <param name="data">What is mined.</param>
    /// <param name="vectors">A row for each query and each document of the pool, in the data's order.</param>
    /// <param name="depth">Documents a query; all where the pool has fewer.</param>
    /// <param name="progress">Told after each block of documents.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    /// <returns>The documents found, best first, and the score of each query's positives.</returns>
    /// <exception cref="CdeException">The vectors are of other data.</exception>
    public static (IReadOnlyList<IReadOnlyList<FoundDocument>> Found, IReadOnlyList<IReadOnlyList<double>> PositiveScores) Run(
        MiningData data, GuideStore vectors, int depth, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (vectors.Queries.Count != data.Queries.Count || vectors.Documents.Count != data.Pool.Count)
        {
            throw new CdeException(
                $"mining: vectors of {vectors.Queries.Count} queries and {vectors.Documents.Count} documents, but there are {data.Queries.Count} queries and {data.Pool.Count} documents; embed these");
        }

        var run = ExactSearch.Search(vectors.Queries, vectors.Documents, depth, null, progress, cancellationToken);
        var found = run.Values.Select(list => (IReadOnlyList<FoundDocument>)
            [.. list.Select(document => new FoundDocument(int.Parse(document.DocumentId, CultureInfo.InvariantCulture), document.Score))]);
        var positives = data.Queries.Select((query, place) => (IReadOnlyList<double>)
            [.. query.Positives.Select(row => (double)(float)ExactDot.Of(vectors.Queries[place], vectors.Documents[row]))]);
        return ([.. found], [.. positives]);
    }
}
