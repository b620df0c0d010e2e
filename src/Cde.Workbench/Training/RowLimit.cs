namespace Cde.Workbench.Training;

/// <summary>
/// At most so many examples of a corpus, as FlagEmbedding's <c>max_example_num_per_dataset</c>: a sample without replacement that depends on the seed and on how many there are, in their
/// order. Another corpus in the run changes nothing.
/// </summary>
/// <param name="Most">How many; 0 for all.</param>
/// <param name="Seed">Of the sample.</param>
public sealed record RowLimit(int Most, long Seed)
{
    private const long DrawRows = 4; // tells this draw apart from others of the seed

    /// <summary>Which of so many rows are kept, ascending.</summary>
    public int[] Places(int count) => Most == 0 || count <= Most ? [.. Enumerable.Range(0, count)] : new Permutation(count, Seed, DrawRows).Sample(Most);

    /// <summary>The rows that are kept.</summary>
    public IReadOnlyList<T> Of<T>(IReadOnlyList<T> rows) => Most == 0 || rows.Count <= Most ? rows : [.. Places(rows.Count).Select(place => rows[place])];

    /// <summary>
    /// The domains of a corpus with the queries that are kept, counted over all of them; a domain without any is left out. Documents stay, as contexts are drawn from them too, but those of
    /// single texts go with their text.
    /// </summary>
    /// <param name="domains">All of the corpus.</param>
    public IReadOnlyList<TrainingDomain> Of(IReadOnlyList<TrainingDomain> domains)
    {
        var all = domains.SelectMany((domain, number) => Enumerable.Range(0, domain.Queries.Count).Select(query => (number, query))).ToList();
        return Most == 0 || all.Count <= Most ? domains : [.. Of(all).GroupBy(row => row.number, row => row.query).Select(rows => Kept(domains[rows.Key], [.. rows]))];
    }

    private static TrainingDomain Kept(TrainingDomain domain, int[] queries)
    {
        var isSingle = domain.IsSingleTexts;
        return domain with
        {
            Queries = Some(domain.Queries),
            Documents = isSingle ? Some(domain.Queries) : domain.Documents,
            Positives = isSingle ? [.. Enumerable.Range(0, queries.Length).Select(row => (int[])[row])] : Some(domain.Positives),
            Negatives = domain.Negatives is { } negatives ? Some(negatives) : null,
            PositiveScores = domain.PositiveScores is { } positiveScores ? Some(positiveScores) : null,
            NegativeScores = domain.NegativeScores is { } negativeScores ? Some(negativeScores) : null,
            Similarities = domain.Similarities is { } similarities ? Some(similarities) : null,
            Classes = domain.Classes is { } classes ? Some(classes) : null,
        };

        IReadOnlyList<T> Some<T>(IReadOnlyList<T> all) => [.. queries.Select(query => all[query])];
    }
}
