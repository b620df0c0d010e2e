using System.Globalization;

namespace Cde.Workbench.Corpora;

/// <summary>Training examples as a retrieval task.</summary>
public static class TrainingTask
{
    /// <summary>
    /// The task of finding each query's positives among all texts of the examples. Queries and documents that occur in several examples are one; ids are
    /// <c>q0</c>, <c>d0</c> and so on, in the order of their first occurrence. Single texts are documents without a query.
    /// </summary>
    /// <param name="name">The task's name.</param>
    /// <param name="examples">The examples.</param>
    /// <exception cref="CdeException">There is no text.</exception>
    public static RetrievalTask Of(string name, IEnumerable<TrainingExample> examples)
    {
        var (queries, documents, qrels) = (new OrderedDictionary<string, string>(StringComparer.Ordinal), new OrderedDictionary<string, string>(StringComparer.Ordinal), new Qrels());
        foreach (var example in examples)
        {
            if (example.Positives.Count == 0)
            {
                Id(documents, example.Query, "d");
                continue;
            }

            var query = Id(queries, example.Query, "q");
            foreach (var text in example.Positives)
                qrels.Add(query, Id(documents, text, "d"), 1);
            foreach (var text in example.Negatives)
                Id(documents, text, "d");
        }

        if (documents.Count == 0)
            throw new CdeException($"{name} has no texts");
        return new RetrievalTask(
            name, new MemoryCorpus(name, documents.Select(entry => new Document(entry.Value, entry.Key))), [.. queries.Select(entry => new Query(entry.Value, entry.Key))], qrels);
    }

    private static string Id(OrderedDictionary<string, string> known, string text, string kind)
    {
        if (!known.TryGetValue(text, out var id))
            known.Add(text, id = kind + known.Count.ToString(CultureInfo.InvariantCulture));
        return id;
    }
}
