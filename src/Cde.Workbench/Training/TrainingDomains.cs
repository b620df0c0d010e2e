using Cde.Workbench.Corpora;

namespace Cde.Workbench.Training;

/// <summary>The training domains of a dataset: what batches and contexts are drawn from.</summary>
public static class TrainingDomains
{
    /// <summary>
    /// A domain for each domain of the dataset that may be trained on and has examples; where the dataset has no training part, one domain of its task. The documents are those of the domain's
    /// corpus and what else its examples hold; instructions of the data set stand in front of queries and documents. For a loss of single texts, a corpus of documents alone is one domain.
    /// </summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="loss">What is trained with, which decides what the rows are: pairs, scored pairs or texts with classes; the default loss where null.</param>
    /// <param name="limit">How many examples are kept at most, counted over all domains; all where null. Documents that only others name are left out with them.</param>
    /// <exception cref="CdeException">It has not what the loss needs.</exception>
    public static IReadOnlyList<TrainingDomain> Of(Dataset dataset, LossChoice? loss = null, RowLimit? limit = null)
    {
        limit ??= new(0, 0);
        var wanted = LossData.Of(loss ?? new());
        var all = dataset.TrainingExamples();
        if (all.Count == 0 && wanted.Kind == TrainingDataKind.Pairs)
            return wanted.TakesSingleTexts && !dataset.HasTask ? [OfTexts(dataset.Name, dataset.Corpus(), limit)] : limit.Of([TrainingDomain.From(dataset.Task())]);
        var (rows, kind) = (wanted.Rows(dataset.Name, all), wanted.KindOf(all));
        var kept = limit.Of(rows);
        var hasCorpus = kind == TrainingDataKind.Pairs && (kept.Count == rows.Count || dataset.Card.Form != DatasetForm.Training); // a training file's corpus is the texts of all its lines
        return [.. kept.GroupBy(example => example.Domain, StringComparer.Ordinal).Select(domain =>
            Of(domain.Key.Length > 0 ? domain.Key : dataset.Name, hasCorpus ? dataset.Corpus(dataset.Domains.Contains(domain.Key) ? domain.Key : null) : null, [.. domain], kind))];
    }

    /// <summary>A domain of single texts: the documents of a corpus.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="corpus">The documents.</param>
    /// <param name="limit">How many different texts are kept at most; all where null.</param>
    public static TrainingDomain OfTexts(string name, Corpus corpus, RowLimit? limit = null)
    {
        var joined = new JoinedTexts();
        List<string> texts = [.. Enumerable.Range(0, corpus.Count).Select(row => corpus[row].FullText).Distinct(StringComparer.Ordinal)];
        foreach (var text in limit?.Of(texts) ?? texts)
            joined.AddText(text, null);
        return joined.ToDomain(name);
    }

    /// <summary>The documents of a domain as single texts.</summary>
    public static TrainingDomain DocumentsOf(TrainingDomain domain) => new(domain.Name, domain.Documents, domain.Documents, [.. Enumerable.Range(0, domain.Documents.Count).Select(row => (int[])[row])]);

    /// <summary>The domains as the batches of a run see them: all in one where its sampler mixes domains.</summary>
    /// <param name="domains">The data.</param>
    /// <param name="sampler">Which pairs stand in a batch together.</param>
    public static IReadOnlyList<TrainingDomain> For(IReadOnlyList<TrainingDomain> domains, BatchSamplerKind sampler) =>
        domains.Count > 1 && sampler is BatchSamplerKind.Random or BatchSamplerKind.Cluster ? [Join(domains)] : domains;

    /// <summary>All domains as one: a text that stands in several is one document, and one query but where rows have similarities or classes of their own.</summary>
    public static TrainingDomain Join(IReadOnlyList<TrainingDomain> domains)
    {
        var joined = new JoinedTexts();
        foreach (var domain in domains)
        {
            int[] places = [.. domain.Documents.Select(joined.Place)];
            for (var query = 0; query < domain.Queries.Count; query++)
            {
                if (domain.Similarities is { } similarities)
                    joined.AddScored(domain.Queries[query], places[domain.Positives[query][0]], similarities[query]);
                else if (domain.Classes is { } classes)
                    joined.AddText(domain.Queries[query], classes[query]);
                else
                    joined.Add(domain.Queries[query], Scored(domain.Positives[query], domain.PositiveScores?[query]), Scored(domain.Negatives?[query] ?? [], domain.NegativeScores?[query]));
            }

            IEnumerable<(int, double)> Scored(IReadOnlyList<int> rows, IReadOnlyList<double>? scores) => rows.Select((row, i) => (places[row], scores?[i] ?? double.NaN));
        }

        return joined.ToDomain(string.Join(" + ", domains.Select(domain => domain.Name).Take(3)) + (domains.Count > 3 ? $" and {domains.Count - 3} more" : ""));
    }

    /// <summary>One domain. Of pairs, queries that occur in several examples are one, and so are documents.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="corpus">Documents that contexts are drawn from beside those of the examples; null for none.</param>
    /// <param name="examples">Examples with what the kind of rows needs, and with the instructions of one data set.</param>
    /// <param name="kind">What the rows are. Pairs of which none has a positive are single texts.</param>
    public static TrainingDomain Of(string name, Corpus? corpus, IReadOnlyList<TrainingExample> examples, TrainingDataKind kind = TrainingDataKind.Pairs)
    {
        var joined = new JoinedTexts();
        for (var row = 0; row < (corpus?.Count ?? 0); row++)
            joined.Place(examples[0].InstructedDocument(corpus![row].FullText));
        foreach (var example in examples)
        {
            if (kind == TrainingDataKind.ScoredPairs)
                joined.AddScored(example.InstructedQuery, joined.Place(example.InstructedDocument(example.Positives[0])), example.Score ?? double.NaN);
            else if (kind == TrainingDataKind.Classes)
                joined.AddText(example.InstructedQuery, example.Label);
            else if (example.Positives.Count == 0)
                joined.Add(example.InstructedQuery, [(joined.Place(example.InstructedQuery), double.NaN)], []);
            else
                joined.Add(example.InstructedQuery, Scored(example, example.Positives, example.PositiveScores), Scored(example, example.Negatives, example.NegativeScores));
        }

        return joined.ToDomain(name);

        IEnumerable<(int, double)> Scored(TrainingExample example, IReadOnlyList<string> texts, IReadOnlyList<double>? scores) =>
            texts.Select((text, i) => (joined.Place(example.InstructedDocument(text)), scores?[i] ?? double.NaN));
    }
}
