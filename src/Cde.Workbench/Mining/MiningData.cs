using Cde.Workbench.Corpora;

namespace Cde.Workbench.Mining;

/// <summary>A query that negatives are mined for.</summary>
/// <param name="Text">Its text, with its instruction where it has one.</param>
/// <param name="Positives">Rows of the pool that answer it; at least one.</param>
/// <param name="Example">What it was made of.</param>
public sealed record MiningQuery(string Text, IReadOnlyList<int> Positives, TrainingExample Example)
{
    /// <summary>The ids under which a retrieval task has this text; none for training examples.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];
}

/// <summary>Queries with the documents that answer them, and the pool of documents that hard negatives are taken from.</summary>
public sealed class MiningData
{
    private MiningData(IReadOnlyList<MiningQuery> queries, IReadOnlyList<string> pool, IReadOnlyList<string> poolIds) =>
        (Queries, Pool, PoolIds) = (queries, pool, poolIds);

    /// <summary>The queries: examples with the same query are one, with the positives of all.</summary>
    public IReadOnlyList<MiningQuery> Queries { get; }

    /// <summary>N: the texts of the pool, each once, in the order in which they first occur.</summary>
    public IReadOnlyList<string> Pool { get; }

    /// <summary>The ids of the pool's documents; a number where they have none.</summary>
    public IReadOnlyList<string> PoolIds { get; }

    /// <summary>Of everything: what reviews of a run are tied to.</summary>
    public string Hash => field ??= MakeHash();

    /// <summary>Training examples; the pool is their positives and negatives, or the documents given, to which positives that are missing there are added.</summary>
    /// <param name="examples">Examples; those without a positive are left out.</param>
    /// <param name="pool">Candidates; null for the texts of the examples.</param>
    /// <exception cref="CdeException">No example has a positive.</exception>
    public static MiningData Of(IEnumerable<TrainingExample> examples, Corpus? pool = null)
    {
        var builder = new Builder();
        if (pool is not null)
            builder.Add(pool);
        foreach (var example in examples.Where(example => example.Positives.Count > 0))
        {
            builder.Add(example, example.Positives.Select(text => builder.Place(example.InstructedDocument(text), null)).ToList());
            if (pool is null)
                builder.AddAll(example.Negatives.Select(example.InstructedDocument));
        }

        return builder.Build() ?? throw new CdeException("mining: no example has a text that answers its query; each needs a positive");
    }

    /// <summary>A retrieval task: its queries with a relevant document (grade above 0), its corpus as the pool.</summary>
    /// <exception cref="CdeException">No query has a relevant document.</exception>
    public static MiningData Of(RetrievalTask task)
    {
        var builder = new Builder();
        builder.Add(task.Corpus);
        foreach (var query in task.Queries)
        {
            if (!task.Qrels.TryGet(query.Id, out var judged))
                continue;
            var positives = judged.Where(entry => entry.Value > 0).Select(entry => task.Corpus.IndexOf(entry.Key)).Where(row => row >= 0).Order().Select(row => task.Corpus[row].FullText).ToList();
            if (positives.Count > 0)
                builder.Add(new TrainingExample(query.Text, positives, [], task.Name), [.. positives.Select(text => builder.Place(text, null))], query.Id);
        }

        return builder.Build() ?? throw new CdeException($"mining: no query of {task.Name} has a relevant document");
    }

    private string MakeHash()
    {
        using var hash = ContentHash.Build();
        hash.Add("cde-mining-1").Add(Queries.Count).Add(Pool.Count);
        foreach (var query in Queries)
            hash.Add(query.Text).Add(string.Join(' ', query.Positives));
        foreach (var text in Pool)
            hash.Add(text);
        return hash.ToHash();
    }

    private sealed class Builder
    {
        private readonly OrderedDictionary<string, (TrainingExample Example, SortedSet<int> Positives, List<string> Ids)> _queries = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
        private readonly List<string> _pool = [];
        private readonly List<string> _ids = [];

        public int Place(string text, string? id)
        {
            if (_places.TryGetValue(text, out var place))
                return place;
            _places.Add(text, place = _pool.Count);
            _pool.Add(text);
            _ids.Add(id ?? place.ToString(System.Globalization.CultureInfo.InvariantCulture));
            return place;
        }

        public void Add(Corpus pool)
        {
            foreach (var document in pool)
                Place(document.FullText, document.Id);
        }

        public void AddAll(IEnumerable<string> texts)
        {
            foreach (var text in texts)
                Place(text, null);
        }

        public void Add(TrainingExample example, IReadOnlyList<int> positives, string? id = null)
        {
            if (!_queries.TryGetValue(example.InstructedQuery, out var found))
                _queries.Add(example.InstructedQuery, found = (example, [], []));
            found.Positives.UnionWith(positives);
            if (id is not null)
                found.Ids.Add(id);
        }

        public MiningData? Build() => _queries.Count == 0
            ? null
            : new MiningData([.. _queries.Select(query => new MiningQuery(query.Key, [.. query.Value.Positives], query.Value.Example) { Ids = query.Value.Ids })], _pool, _ids);
    }
}
