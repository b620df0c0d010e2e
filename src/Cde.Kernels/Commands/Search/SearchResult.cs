using System.Text.Json.Serialization;
using Cde.Kernels.Displays;
using Cde.Workbench.Search;

namespace Cde.Kernels.Commands;

/// <summary>What was found.</summary>
/// <param name="Query">The query.</param>
/// <param name="Method"><c>dense</c>, <c>bm25</c> or <c>hybrid</c>.</param>
/// <param name="Hits">The documents, best first.</param>
public sealed record SearchResult(string Query, string Method, IReadOnlyList<SearchHit> Hits) : CommandResult
{
    /// <summary>The query's id in the corpus' task; null where it is none of the task's.</summary>
    public string? QueryId { get; init; }

    /// <summary>The relevant documents that are not among the hits, with the ranks that they have, best first; those that were not found have none.</summary>
    public IReadOnlyList<MissedDocument> Missed { get; init; } = [];

    /// <summary>Relevant documents that the corpus does not have.</summary>
    public IReadOnlyList<string> Absent { get; init; } = [];

    /// <summary>What the other side of a comparison found; null where there is none.</summary>
    public SearchSide? Against { get; init; }

    /// <summary>What made this side, in words.</summary>
    [JsonIgnore]
    public string Title { get; init; } = "";

    /// <inheritdoc/>
    public override View Describe() => SearchView.Of(this);
}

/// <summary>The other side of a comparison.</summary>
/// <param name="Title">What made it, in words.</param>
/// <param name="Method"><c>dense</c>, <c>bm25</c> or <c>hybrid</c>.</param>
/// <param name="Hits">The documents, best first.</param>
/// <param name="Missed">The relevant documents that are not among the hits.</param>
/// <param name="Provenance">What it was made from.</param>
public sealed record SearchSide(string Title, string Method, IReadOnlyList<SearchHit> Hits, IReadOnlyList<MissedDocument> Missed, Provenance Provenance);

/// <summary>A found document.</summary>
/// <param name="Rank">From 1.</param>
/// <param name="Score">The inner product of unit vectors, BM25's score, or the sum that reciprocal rank fusion gives.</param>
/// <param name="Id">Its id.</param>
/// <param name="Text">Its title and text.</param>
/// <param name="Grade">Its grade for the query, relevant above 0; null where it is not judged.</param>
/// <param name="Matches">Where its text has words of the query.</param>
public sealed record SearchHit(int Rank, double Score, string Id, string Text, int? Grade, IReadOnlyList<TextSpan> Matches);

/// <summary>A relevant document that is not among the hits.</summary>
/// <param name="Rank">The rank that it has; null where the search does not rank it at all.</param>
/// <param name="Score">Its score; null where it has none.</param>
/// <param name="Id">Its id.</param>
/// <param name="Text">Its title and text.</param>
/// <param name="Grade">Its grade for the query.</param>
/// <param name="Matches">Where its text has words of the query.</param>
public sealed record MissedDocument(int? Rank, double? Score, string Id, string Text, int Grade, IReadOnlyList<TextSpan> Matches);
