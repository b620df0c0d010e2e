using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Cde.Workbench.Corpora;

/// <summary>
/// What a system found: for each query, scored documents, best first as the system ranked them. Measures order them again by score with
/// their own tie rule, so the scores count and not the order here.
/// </summary>
/// <param name="name">The system's name: the last column of a TREC run file.</param>
public sealed class RankedRun(string name) : IReadOnlyDictionary<string, IReadOnlyList<ScoredDocument>>
{
    private readonly OrderedDictionary<string, IReadOnlyList<ScoredDocument>> _lists = new(StringComparer.Ordinal);

    /// <summary>The system's name.</summary>
    public string Name { get; } = name;

    /// <summary>How many queries have a list.</summary>
    public int Count => _lists.Count;

    /// <summary>The queries, in the order in which they came.</summary>
    public IEnumerable<string> Keys => _lists.Keys;

    /// <summary>The lists, in the order in which they came.</summary>
    public IEnumerable<IReadOnlyList<ScoredDocument>> Values => _lists.Values;

    /// <summary>The list of a query.</summary>
    /// <exception cref="KeyNotFoundException">The run has no list for it.</exception>
    public IReadOnlyList<ScoredDocument> this[string queryId] => _lists[queryId];

    /// <summary>Adds the list of a query.</summary>
    /// <returns>This run.</returns>
    /// <exception cref="ArgumentException">The query has a list already, a document occurs twice in it, or a score is not a number.</exception>
    public RankedRun Add(string queryId, IReadOnlyList<ScoredDocument> documents)
    {
        var seen = new HashSet<string>(documents.Count, StringComparer.Ordinal);
        foreach (var (documentId, score) in documents)
        {
            if (double.IsNaN(score))
                throw new ArgumentException($"the score of document {documentId} for query {queryId} is not a number");
            if (!seen.Add(documentId))
                throw new ArgumentException($"document {documentId} occurs twice for query {queryId}");
        }

        if (!_lists.TryAdd(queryId, documents))
            throw new ArgumentException($"query {queryId} has a list already");
        return this;
    }

    /// <summary>The same lists under another name, such as one without blanks for a run file.</summary>
    public RankedRun Renamed(string name)
    {
        var renamed = new RankedRun(name);
        foreach (var (queryId, documents) in _lists)
            renamed._lists.Add(queryId, documents);
        return renamed;
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _lists.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out IReadOnlyList<ScoredDocument> value) => _lists.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, IReadOnlyList<ScoredDocument>>> GetEnumerator() => _lists.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
