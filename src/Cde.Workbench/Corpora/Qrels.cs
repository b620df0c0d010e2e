using System.Diagnostics.CodeAnalysis;

namespace Cde.Workbench.Corpora;

/// <summary>
/// Relevance judgements: for each judged query, the judged documents with their grades. A grade above 0 is relevant; 0 and below
/// is judged and not relevant; what is absent is not judged.
/// </summary>
public sealed class Qrels
{
    private readonly OrderedDictionary<string, Dictionary<string, int>> _grades = new(StringComparer.Ordinal);

    /// <summary>The judged queries, in the order in which they came.</summary>
    public IReadOnlyCollection<string> QueryIds => _grades.Keys;

    /// <summary>How many judgements there are.</summary>
    public int Count { get; private set; }

    /// <summary>The judged documents of a query with their grades; none for a query that is not judged.</summary>
    public IReadOnlyDictionary<string, int> this[string queryId] =>
        TryGet(queryId, out var grades) ? grades : System.Collections.ObjectModel.ReadOnlyDictionary<string, int>.Empty;

    /// <summary>Whether a query is judged, and its documents with their grades.</summary>
    public bool TryGet(string queryId, [NotNullWhen(true)] out IReadOnlyDictionary<string, int>? grades)
    {
        var found = _grades.TryGetValue(queryId, out var judged);
        grades = judged;
        return found;
    }

    /// <summary>Adds a judgement. The same judgement twice counts once.</summary>
    /// <returns>These qrels.</returns>
    /// <exception cref="ArgumentException">The document has another grade for this query already.</exception>
    public Qrels Add(string queryId, string documentId, int grade)
    {
        if (!_grades.TryGetValue(queryId, out var judged))
            _grades.Add(queryId, judged = new(StringComparer.Ordinal));
        if (judged.TryAdd(documentId, grade))
            Count++;
        else if (judged[documentId] != grade)
            throw new ArgumentException($"document {documentId} is judged {judged[documentId]} and {grade} for query {queryId}");
        return this;
    }
}
