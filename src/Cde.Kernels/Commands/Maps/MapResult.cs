using System.Globalization;
using System.Text.Json.Serialization;
using Cde.Kernels.Displays;
using Cde.Workbench.Clustering;
using Cde.Workbench.Corpora;
using Cde.Workbench.Figures;

namespace Cde.Kernels.Commands;

/// <summary>A map of a corpus.</summary>
public sealed record MapResult : CommandResult
{
    private const int MostDiamonds = 100; // more hide the documents

    private readonly MadeMap made;

    internal MapResult(Corpus corpus, IReadOnlyList<Query> queries, string method, MadeMap made, MapGroups groups)
    {
        this.made = made;
        (Corpus, Method, GroupNames) = (corpus.Name, method, groups.Names);
        var (x, y) = (made.Points.X, made.Points.Y);
        Documents = [.. Enumerable.Range(0, corpus.Count).Select(row => new MappedDocument(corpus.GetId(row), x[row], y[row], groups.Labels.Count > 0 ? groups.Labels[row] : null))];
        Queries = [.. queries.Select((query, i) => new MappedQuery(query.Id, x[corpus.Count + i], y[corpus.Count + i]))];
        Figure = Draw(corpus, queries);
    }

    /// <summary>What was mapped.</summary>
    public string Corpus { get; }

    /// <summary><c>umap</c>, <c>t-sne</c> or <c>pca</c>.</summary>
    public string Method { get; }

    /// <summary>How far the map can be believed: trustworthiness, continuity and the share of neighbours kept.</summary>
    public MapQuality Quality => made.Quality;

    /// <summary>Of principal components, the share of the variance along each axis; null of other maps.</summary>
    public IReadOnlyList<double>? ExplainedVariance => made.ExplainedVariance;

    /// <summary>The names of the groups: clusters by their words, or domains; empty where there are none.</summary>
    public IReadOnlyList<string> GroupNames { get; }

    /// <summary>Where each document lies.</summary>
    public IReadOnlyList<MappedDocument> Documents { get; }

    /// <summary>Where each query lies; empty where they were not asked for.</summary>
    public IReadOnlyList<MappedQuery> Queries { get; }

    /// <summary>The picture.</summary>
    [JsonIgnore]
    public ScatterMap Figure { get; }

    /// <inheritdoc/>
    public override View Describe() => new([new Paragraph(InWords()), new Drawing(Figure), .. made.Note is { } note ? (Block[])[new Paragraph(note)] : []]);

    private string InWords()
    {
        var count = Displays.Shown.Count(Documents.Count) + " documents" + (Queries.Count > 0 ? $" and {Displays.Shown.Count(Queries.Count)} queries" : "");
        var sampled = Quality.Sampled < Quality.Points ? Text($"; {Displays.Shown.Count(Quality.Sampled)} of {Displays.Shown.Count(Quality.Points)} points looked at") : "";
        var variance = ExplainedVariance is { } shares ? Text($"; the axes explain {shares[0]:p1} and {shares[1]:p1} of the variance") : "";
        return $"{count} of {Corpus} by {made.Making}: "
            + Text($"trustworthiness {Rate(Quality.Trustworthiness, Quality.TrustworthinessError)}, continuity {Rate(Quality.Continuity, Quality.ContinuityError)}, ")
            + Text($"{Rate(Quality.Overlap, Quality.OverlapError)} of the {Quality.Neighbours} nearest neighbours kept{sampled}{variance}");
    }

    private static string Rate(double value, double error) => Displays.Shown.Score(value) + (error > 0 ? " ± " + Displays.Shown.Score(error) : "");

    private ScatterMap Draw(Corpus corpus, IReadOnlyList<Query> queries)
    {
        var documents = corpus.Count;
        var length = documents > ScatterMap.DrawnPoints ? 80 : ScatterMap.TextLength;
        var drawn = Math.Min(MostDiamonds, queries.Count);
        return new ScatterMap
        {
            Title = $"{Corpus} by {made.Making}",
            Note = Text($"trustworthiness {Quality.Trustworthiness:0.000}, {Quality.Overlap:0.000} of the {Quality.Neighbours} nearest neighbours kept")
                + (drawn < queries.Count ? Text($"; {drawn:N0} of {queries.Count:N0} queries drawn") : ""),
            X = [.. made.Points.X.Take(documents)],
            Y = [.. made.Points.Y.Take(documents)],
            Groups = [.. Documents.Where(document => document.Group is not null).Select(document => document.Group!.Value)],
            GroupNames = GroupNames,
            NoiseName = "none",
            Ids = [.. Documents.Select(document => document.Id)],
            Texts = [.. Enumerable.Range(0, documents).Select(row => Displays.Shown.Shorten(corpus[row].FullText, length))],
            // Spread evenly over the list.
            Marks = [.. Enumerable.Range(0, drawn).Select(i => (int)((long)i * queries.Count / drawn)).Select(i => new MapMark(Queries[i].X, Queries[i].Y, queries[i].Id, queries[i].Text))],
        };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A document on a map.</summary>
/// <param name="Id">Its id.</param>
/// <param name="X">To the right.</param>
/// <param name="Y">Upwards.</param>
/// <param name="Group">The number of its cluster or domain; -1 where it is in none, null where there are no groups.</param>
public sealed record MappedDocument(string Id, float X, float Y, int? Group);

/// <summary>A query on a map.</summary>
/// <param name="Id">Its id.</param>
/// <param name="X">To the right.</param>
/// <param name="Y">Upwards.</param>
public sealed record MappedQuery(string Id, float X, float Y);
