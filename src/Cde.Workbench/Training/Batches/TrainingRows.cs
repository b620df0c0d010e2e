using Cde.Workbench.Clustering;
using Cde.Workbench.Training.BatchSamplers;

namespace Cde.Workbench.Training;

/// <summary>The rows that batches are made of: the queries of all domains, one domain after the other, each once or once for each document that answers it.</summary>
internal sealed class TrainingRows
{
    private readonly IReadOnlyList<TrainingDomain> domains;
    private readonly (int Domain, int Query, int? Positive)[] rows;

    /// <param name="domains">Training data.</param>
    /// <param name="unfold">Whether a query is a row for each document that answers it; else it is one row, whose document is drawn.</param>
    public TrainingRows(IReadOnlyList<TrainingDomain> domains, bool unfold = false)
    {
        this.domains = domains;
        rows = [.. domains.SelectMany((domain, number) => Enumerable.Range(0, domain.Queries.Count)
            .SelectMany(query => unfold ? domain.Positives[query].Select(document => (number, query, (int?)document)) : [(number, query, null)]))];
        Domains = new ClusterAssignment(Array.ConvertAll(rows, row => row.Domain), domains.Count);
    }

    /// <summary>The rows in order.</summary>
    public IReadOnlyList<(int Domain, int Query, int? Positive)> All => rows;

    /// <summary>The domain of each row.</summary>
    public ClusterAssignment Domains { get; }

    /// <summary>A row's domain, its query there, and the document that answers it, null where one is drawn.</summary>
    public (int Domain, int Query, int? Positive) this[long row] => rows[row];

    /// <summary>The texts of each row that no other row of its batch may share: the query and all that answer it.</summary>
    public RowTexts Texts() => RowTexts.Of(rows.Select(row =>
        domains[row.Domain].Positives[row.Query].Select(document => domains[row.Domain].Documents[document]).Prepend(domains[row.Domain].Queries[row.Query])));

    /// <summary>Each row's query, and its document, or one of those that answer it, drawn by the seed.</summary>
    public (IReadOnlyList<string> Queries, IReadOnlyList<string> Documents) Pairs(long seed)
    {
        const long DrawPair = 3;
        var documents = rows.Select((row, number) =>
        {
            var (domain, positives) = (domains[row.Domain], domains[row.Domain].Positives[row.Query]);
            return domain.Documents[row.Positive ?? positives[SeededRandom.For(seed, DrawPair, number).Below(positives.Count)]];
        });
        return ([.. rows.Select(row => domains[row.Domain].Queries[row.Query])], [.. documents]);
    }
}
