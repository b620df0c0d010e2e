namespace Cde.Workbench.Training;

/// <summary>Gathers the queries and documents of a domain: documents that are the same are one, and so are queries, except where each row has a similarity or class of its own.</summary>
internal sealed class JoinedTexts
{
    private readonly Dictionary<string, Row> merged = new(StringComparer.Ordinal);
    private readonly List<Row> rows = [];
    private readonly OrderedDictionary<string, int> documents = new(StringComparer.Ordinal);

    /// <summary>The place of a document, which becomes one where it is new.</summary>
    public int Place(string text)
    {
        if (!documents.TryGetValue(text, out var place))
            documents.Add(text, place = documents.Count);
        return place;
    }

    /// <summary>Adds what is known of a query.</summary>
    /// <param name="query">Its text.</param>
    /// <param name="positives">Places of documents that answer it, each with a teacher's score, NaN where there is none.</param>
    /// <param name="negatives">As they, of hard negatives.</param>
    public void Add(string query, IEnumerable<(int Place, double Score)> positives, IEnumerable<(int Place, double Score)> negatives)
    {
        if (!merged.TryGetValue(query, out var row))
        {
            merged.Add(query, row = new Row(query));
            rows.Add(row);
        }

        Join(row.Positives, positives);
        Join(row.Negatives, negatives);
    }

    /// <summary>Adds two texts and how alike they are; the same first text may come again.</summary>
    public void AddScored(string query, int document, double similarity) => AddAlone(query, document).Similarity = similarity;

    /// <summary>Adds a text, which is its own document, perhaps with its class.</summary>
    public void AddText(string text, string? label) => AddAlone(text, Place(text)).Class = label;

    /// <summary>The domain. A text that answers the query in one place is no negative of it in another.</summary>
    public TrainingDomain ToDomain(string name)
    {
        foreach (var row in rows)
        {
            foreach (var place in row.Positives.Keys)
                row.Negatives.Remove(place);
        }

        var hasNegatives = rows.Any(row => row.Negatives.Count > 0);
        var hasScores = rows.Any(row => row.Positives.Values.Concat(row.Negatives.Values).Any(score => !double.IsNaN(score)));
        return new TrainingDomain(name, [.. rows.Select(row => row.Query)], [.. documents.Keys], [.. rows.Select(row => row.Positives.Keys.ToArray())])
        {
            Negatives = hasNegatives ? [.. rows.Select(row => row.Negatives.Keys.ToArray())] : null,
            PositiveScores = hasScores ? [.. rows.Select(row => row.Positives.Values.ToArray())] : null,
            NegativeScores = hasScores && hasNegatives ? [.. rows.Select(row => row.Negatives.Values.ToArray())] : null,
            Similarities = rows.Any(row => row.Similarity is not null) ? [.. rows.Select(row => row.Similarity ?? double.NaN)] : null,
            Classes = rows.Any(row => row.Class is not null) ? [.. rows.Select(row => row.Class ?? "")] : null,
        };
    }

    private static void Join(SortedDictionary<int, double> known, IEnumerable<(int Place, double Score)> more)
    {
        foreach (var (place, score) in more)
        {
            if (!known.TryGetValue(place, out var before) || double.IsNaN(before))
                known[place] = score;
        }
    }

    private Row AddAlone(string query, int document)
    {
        var row = new Row(query);
        row.Positives.Add(document, double.NaN);
        rows.Add(row);
        return row;
    }

    private sealed class Row(string query)
    {
        public string Query { get; } = query;

        public SortedDictionary<int, double> Positives { get; } = [];

        public SortedDictionary<int, double> Negatives { get; } = [];

        public double? Similarity { get; set; }

        public string? Class { get; set; }
    }
}
