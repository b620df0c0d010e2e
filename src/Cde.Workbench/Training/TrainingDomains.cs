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

    /// <summary>The domains as the batches of a run see them: all in one where its sampler mixes domains.</summary>
    /// <param name="domains">The data.</param>
    /// <param name="sampler">Which pairs stand in a batch together.</param>
    public static IReadOnlyList<TrainingDomain> For(IReadOnlyList<TrainingDomain> domains, BatchSamplerKind sampler) =>
        domains.Count > 1 && sampler is BatchSamplerKind.Random or BatchSamplerKind.Cluster ? [Join(domains)] : domains;

    /// <summary>All domains as one: a text that stands in several is one query, or one document.</summary>
    public static TrainingDomain Join(IReadOnlyList<TrainingDomain> domains)
    {
        var joined = new JoinedTexts();
        foreach (var domain in domains)
        {
            int[] places = [.. domain.Documents.Select(joined.Place)];
            for (var query = 0; query < domain.Queries.Count; query++)
                joined.Add(domain.Queries[query], domain.Positives[query].Select(row => places[row]), domain.Negatives?[query].Select(row => places[row]) ?? []);
        }

        return joined.ToDomain(string.Join(" + ", domains.Select(domain => domain.Name).Take(3)) + (domains.Count > 3 ? $" and {domains.Count - 3} more" : ""));
    }

    /// <summary>One domain: queries that occur in several examples are one, and so are documents.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="corpus">Documents that contexts are drawn from beside those of the examples; null for none.</param>
    /// <param name="examples">Examples with a positive each, with the instructions of one data set.</param>
    public static TrainingDomain Of(string name, Corpus? corpus, IReadOnlyList<TrainingExample> examples)
    {
        var joined = new JoinedTexts();
        for (var row = 0; row < (corpus?.Count ?? 0); row++)
            joined.Place(examples[0].InstructedDocument(corpus![row].FullText));
        foreach (var example in examples)
            joined.Add(example.InstructedQuery, example.Positives.Select(text => joined.Place(example.InstructedDocument(text))), example.Negatives.Select(text => joined.Place(example.InstructedDocument(text))));
        return joined.ToDomain(name);
    }
}
