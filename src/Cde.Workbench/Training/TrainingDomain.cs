using Cde.Workbench.Corpora;

namespace Cde.Workbench.Training;

/// <summary>
/// One domain of training data: queries, the documents that answer each, and all documents, from which contexts are drawn. The first texts of scored pairs are its
/// queries, the second its documents; a single text is a query and its own document.
/// </summary>
/// <param name="Name">The domain, such as an assembly's name.</param>
/// <param name="Queries">Query texts; distinct but for scored pairs and texts with classes.</param>
/// <param name="Documents">All document texts of the domain.</param>
/// <param name="Positives">For each query, the indices of its documents; at least one.</param>
public sealed record TrainingDomain(string Name, IReadOnlyList<string> Queries, IReadOnlyList<string> Documents, IReadOnlyList<IReadOnlyList<int>> Positives)
{
    /// <summary>For each query, the indices of its hard negatives; null where the data has none.</summary>
    public IReadOnlyList<IReadOnlyList<int>>? Negatives { get; init; }

    /// <summary>For each query, a teacher's score of each of its <see cref="Positives"/>, NaN where there is none; null where the data has none at all.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? PositiveScores { get; init; }

    /// <summary>As <see cref="PositiveScores"/>, of the hard negatives.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? NegativeScores { get; init; }

    /// <summary>For each query, how alike it and its one document are, in the units of the data; null where the rows are no scored pairs.</summary>
    public IReadOnlyList<double>? Similarities { get; init; }

    /// <summary>For each query, which is a single text, its class; null where the rows have none.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>Whether every query is its own only document: single texts, which are embedded as documents are.</summary>
    public bool IsSingleTexts => Queries.Count > 0 && Enumerable.Range(0, Queries.Count).All(i => Positives[i] is [var own] && Documents[own] == Queries[i]);

    /// <summary>A retrieval task as training data: its queries with a relevant document (grade above 0), its whole corpus as documents.</summary>
    public static TrainingDomain From(RetrievalTask task)
    {
        var place = new Dictionary<string, int>(task.Corpus.Count, StringComparer.Ordinal);
        var documents = new string[task.Corpus.Count];
        for (var i = 0; i < documents.Length; i++)
        {
            var document = task.Corpus[i];
            documents[i] = document.FullText;
            place[document.Id] = i;
        }

        var (queries, positives) = (new List<string>(), new List<IReadOnlyList<int>>());
        foreach (var query in task.Queries)
        {
            if (!task.Qrels.TryGet(query.Id, out var judged))
                continue;
            var relevant = judged.Where(entry => entry.Value > 0 && place.ContainsKey(entry.Key)).Select(entry => place[entry.Key]).Order().ToArray();
            if (relevant.Length == 0)
                continue;
            queries.Add(query.Text);
            positives.Add(relevant);
        }

        return new TrainingDomain(task.Name, queries, documents, positives);
    }
}
