namespace Cde.Workbench.Training;

/// <summary>Gathers the queries and documents of a domain: texts that are the same are one.</summary>
internal sealed class JoinedTexts
{
    private readonly OrderedDictionary<string, (SortedSet<int> Positives, SortedSet<int> Negatives)> queries = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, int> documents = new(StringComparer.Ordinal);

    /// <summary>The place of a document, which becomes one where it is new.</summary>
    public int Place(string text)
    {
        if (!documents.TryGetValue(text, out var place))
            documents.Add(text, place = documents.Count);
        return place;
    }

    /// <summary>Adds what is known of a query.</summary>
    public void Add(string query, IEnumerable<int> positives, IEnumerable<int> negatives)
    {
        if (!queries.TryGetValue(query, out var found))
            queries.Add(query, found = ([], []));
        found.Positives.UnionWith(positives);
        found.Negatives.UnionWith(negatives);
    }

    /// <summary>The domain. A text that answers the query in one place is no negative of it in another.</summary>
    public TrainingDomain ToDomain(string name) => new(name, [.. queries.Keys], [.. documents.Keys], [.. queries.Values.Select(query => query.Positives.ToArray())])
    {
        Negatives = queries.Values.Any(query => query.Negatives.Count > 0) ? [.. queries.Values.Select(query => query.Negatives.Except(query.Positives).ToArray())] : null,
    };
}
