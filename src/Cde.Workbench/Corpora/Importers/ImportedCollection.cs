namespace Cde.Workbench.Corpora;

/// <summary>A collection as its makers published it, read into one shape.</summary>
/// <param name="Name">Its name, also the domain of training examples made from it.</param>
/// <param name="Documents">The documents, in the order of its files.</param>
/// <param name="Queries">The queries of all splits.</param>
/// <param name="Splits">Judgements by split: <c>test</c>, and <c>train</c> where there are any; a query of no split is not judged.</param>
public sealed record ImportedCollection(
    string Name, IReadOnlyList<Document> Documents, IReadOnlyList<Query> Queries, IReadOnlyDictionary<string, Qrels> Splits)
{
    /// <summary>The split for training.</summary>
    public const string Train = "train";

    /// <summary>The split for testing.</summary>
    public const string Test = "test";

    /// <summary>The ids of queries without text, which are left out.</summary>
    public IReadOnlyList<string> QueriesWithoutText { get; init; } = [];

    /// <summary>
    /// Training examples: the queries of the split <c>train</c>, or of <c>test</c> where it is the only one, with their relevant documents; and, where titles are asked for, the title
    /// of each document that has one as a query for its text.
    /// </summary>
    /// <param name="withTitles">Whether titles are queries.</param>
    public IEnumerable<TrainingExample> Examples(bool withTitles)
    {
        var documents = Documents.ToDictionary(document => document.Id, StringComparer.Ordinal);
        var qrels = Splits.GetValueOrDefault(Train) ?? Splits.GetValueOrDefault(Test) ?? new Qrels();
        foreach (var query in Queries)
        {
            List<string> positives = [.. qrels[query.Id].Where(judged => judged.Value > 0 && documents.ContainsKey(judged.Key)).Select(judged => documents[judged.Key].FullText)];
            if (positives.Count > 0)
                yield return new TrainingExample(query.Text, positives, [], Name);
        }

        foreach (var document in Documents.Where(document => withTitles && !string.IsNullOrWhiteSpace(document.Title) && !string.IsNullOrWhiteSpace(document.Text)))
            yield return new TrainingExample(document.Title!, [document.Text], [], Name);
    }
}
