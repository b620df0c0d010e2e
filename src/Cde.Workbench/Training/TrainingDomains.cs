using Cde.Workbench.Corpora;

namespace Cde.Workbench.Training;

/// <summary>The training domains of a dataset: what batches and contexts are drawn from.</summary>
public static class TrainingDomains
{
    /// <summary>
    /// A domain for each domain of the dataset that may be trained on and has examples; where the dataset has no training part, one domain of its task. The documents are those of the domain's
    /// corpus and what else its examples hold; instructions of the data set stand in front of queries and documents.
    /// </summary>
    /// <param name="dataset">The dataset.</param>
    /// <exception cref="CdeException">It has neither examples with positives nor a task.</exception>
    public static IReadOnlyList<TrainingDomain> Of(Dataset dataset)
    {
        var examples = dataset.TrainingExamples().Where(example => example.Positives.Count > 0).GroupBy(example => example.Domain, StringComparer.Ordinal).ToList();
        return examples.Count == 0
            ? [TrainingDomain.From(dataset.Task())]
            : [.. examples.Select(domain => Of(domain.Key.Length > 0 ? domain.Key : dataset.Name, dataset.Corpus(dataset.Domains.Contains(domain.Key) ? domain.Key : null), [.. domain]))];
    }

    /// <summary>One domain: queries that occur in several examples are one, and so are documents.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="corpus">Documents that contexts are drawn from beside those of the examples; null for none.</param>
    /// <param name="examples">Examples with a positive each, with the instructions of one data set.</param>
    public static TrainingDomain Of(string name, Corpus? corpus, IReadOnlyList<TrainingExample> examples)
    {
        var (queries, documents) = (new OrderedDictionary<string, (SortedSet<int> Positives, SortedSet<int> Negatives)>(StringComparer.Ordinal), new OrderedDictionary<string, int>(StringComparer.Ordinal));
        for (var row = 0; row < (corpus?.Count ?? 0); row++)
            Place(examples[0].InstructedDocument(corpus![row].FullText));
        foreach (var example in examples)
        {
            if (!queries.TryGetValue(example.InstructedQuery, out var found))
                queries.Add(example.InstructedQuery, found = ([], []));
            found.Positives.UnionWith(example.Positives.Select(text => Place(example.InstructedDocument(text))));
            found.Negatives.UnionWith(example.Negatives.Select(text => Place(example.InstructedDocument(text))));
        }

        var hasNegatives = queries.Values.Any(query => query.Negatives.Count > 0);
        return new TrainingDomain(name, [.. queries.Keys], [.. documents.Keys], [.. queries.Values.Select(query => query.Positives.ToArray())])
        {
            // A text that answers the query in one example is no negative of it in another.
            Negatives = hasNegatives ? [.. queries.Values.Select(query => query.Negatives.Except(query.Positives).ToArray())] : null,
        };

        int Place(string text)
        {
            if (!documents.TryGetValue(text, out var place))
                documents.Add(text, place = documents.Count);
            return place;
        }
    }
}
