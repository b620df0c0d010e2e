using Cde.Workbench.Search;

namespace Cde.Workbench.Mining.FalseNegatives;

/// <summary>
/// Finds the documents of a batch that a guide model takes for answers to another query. Scores are sums in double, so that what is left out does not depend on
/// threads or the kind of matrix multiplication, and a document that occurs twice scores exactly as the first.
/// </summary>
/// <param name="guide">The guide's vectors of the training texts.</param>
/// <param name="options">When a document is left out.</param>
public sealed class FalseNegativeFilter(GuideStore guide, FalseNegativeOptions options)
{
    /// <summary>The guide's vectors of the training texts.</summary>
    public GuideStore Guide => guide;

    /// <summary>When a document is left out.</summary>
    public FalseNegativeOptions Options { get; } = Checked(options);

    /// <summary>Which candidates count for nothing.</summary>
    /// <param name="queries">B: rows of the guide's queries.</param>
    /// <param name="documents">
    /// N: rows of the guide's documents, the own document of query i at place i, hard negatives after all of them.
    /// </param>
    /// <param name="owners">N: for each document the query of the batch that it was put there for, so i at place i.</param>
    /// <param name="cancellationToken">Stops between queries.</param>
    /// <returns>
    /// (B, N), row by row. Never true for a query's own document, wherever it stands, nor for its own hard negatives; for others, where the guide's cosine reaches the bar,
    /// and for all others where in-batch negatives are not used.
    /// </returns>
    /// <exception cref="ArgumentException">Shapes do not fit together.</exception>
    public bool[] Excluded(IReadOnlyList<int> queries, IReadOnlyList<int> documents, IReadOnlyList<int> owners, CancellationToken cancellationToken = default)
    {
        var (count, total) = (queries.Count, documents.Count);
        if (total < count || owners.Count != total || !Enumerable.Range(0, count).All(i => owners[i] == i))
            throw new ArgumentException($"a batch of {count} queries needs its {count} documents first, each with an owner; found {total} documents and {owners.Count} owners");
        var excluded = new bool[(long)count * total];
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            var query = guide.Queries[queries[i]];
            var bar = Options.Bar(ExactDot.Of(query, guide.Documents[documents[i]]));
            for (var j = 0; j < total; j++)
            {
                if (owners[j] == i || documents[j] == documents[i])
                    continue;
                excluded[((long)i * total) + j] = !Options.UsesInBatchNegatives
                    || (Options.Rule != FalseNegativeRule.Off && ExactDot.Of(query, guide.Documents[documents[j]]) >= bar);
            }
        });
        return excluded;
    }

    private static FalseNegativeOptions Checked(FalseNegativeOptions options)
    {
        options.Validate();
        return options;
    }
}
