using Cde.Workbench.Clustering;
using Cde.Workbench.Corpora;
using Cde.Workbench.Training.BatchSamplers;

namespace Cde.Workbench.Training;

/// <summary>Rows that batches are made of: a query with one document that answers it, and their domain.</summary>
public sealed class TrainingPairs
{
    private TrainingPairs(IReadOnlyList<TrainingExample> examples, IReadOnlyList<string> documents)
    {
        (Examples, Documents) = (examples, documents);
        Queries = [.. examples.Select(example => example.Query)];
        DomainNames = [.. examples.Select(example => example.Domain).Distinct()];
        var number = DomainNames.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i, StringComparer.Ordinal);
        Domains = new ClusterAssignment([.. examples.Select(example => number[example.Domain])], DomainNames.Count);
    }

    /// <summary>N.</summary>
    public int Count => Examples.Count;

    /// <summary>The example that each row is made of.</summary>
    public IReadOnlyList<TrainingExample> Examples { get; }

    /// <summary>The raw query text of each row.</summary>
    public IReadOnlyList<string> Queries { get; }

    /// <summary>The raw text of each row's document.</summary>
    public IReadOnlyList<string> Documents { get; }

    /// <summary>The domains' names, in the order in which they first occur.</summary>
    public IReadOnlyList<string> DomainNames { get; }

    /// <summary>The domain of each row, as a place in <see cref="DomainNames"/>.</summary>
    public ClusterAssignment Domains { get; }

    /// <summary>One row an example that has a positive; of several positives one is drawn.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="seed">Of the draw.</param>
    /// <exception cref="CdeException">No example has a positive.</exception>
    public static TrainingPairs Of(IEnumerable<TrainingExample> examples, long seed = 42)
    {
        var paired = examples.Where(example => example.Positives.Count > 0).ToList();
        if (paired.Count == 0)
            throw new CdeException("training data: no example has a text that answers its query; pairs need a positive each");
        return new TrainingPairs(paired, [.. paired.Select((example, row) => example.Positives[SeededRandom.For(seed, row).Below(example.Positives.Count)])]);
    }

    /// <summary>One row a query of a retrieval task that has a relevant document (grade above 0).</summary>
    /// <param name="task">The task; its name is the domain.</param>
    /// <param name="seed">Of the draw among several relevant documents.</param>
    /// <exception cref="CdeException">No query has a relevant document.</exception>
    public static TrainingPairs Of(RetrievalTask task, long seed = 42) => Of(
        task.Queries.Select(query => new TrainingExample(
            query.Text,
            [.. task.Qrels[query.Id].Where(judged => judged.Value > 0).Select(judged => task.Corpus.IndexOf(judged.Key)).Where(row => row >= 0).Order().Select(row => task.Corpus[row].FullText)],
            [],
            task.Name)),
        seed);

    /// <summary>The texts of each row: what no two rows of a batch may share. All positives of an example count, whichever is drawn.</summary>
    public RowTexts Texts() => RowTexts.Of(Examples.Select(example => example.Positives.Concat(example.Negatives).Prepend(example.Query)));
}
