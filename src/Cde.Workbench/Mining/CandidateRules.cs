using Cde.Workbench.Mining.FalseNegatives;
using Cde.Workbench.Text;

namespace Cde.Workbench.Mining;

/// <summary>A document that was found.</summary>
/// <param name="Row">In the pool.</param>
/// <param name="Score">The search's score.</param>
public readonly record struct FoundDocument(int Row, double Score);

/// <summary>A document that may become a negative.</summary>
/// <param name="Row">In the pool.</param>
/// <param name="Rank">Among the documents found, from 1.</param>
/// <param name="Score">The score that counts.</param>
internal readonly record struct Candidate(int Row, int Rank, double Score);

/// <summary>What speaks against a candidate of one query.</summary>
internal sealed class CandidateRules
{
    private readonly MiningOptions _options;
    private readonly int _query;
    private readonly double _reference;
    private readonly ICandidateScores? _guide;
    private readonly double _guideBar;
    private readonly ReviewDecisions _decisions;
    private readonly Func<int, string> _alike;
    private readonly HashSet<int> _positives;
    private readonly HashSet<string> _positiveTexts;
    private readonly string _queryText;

    public CandidateRules(
        MiningData data, int query, MiningOptions options, double reference, ICandidateScores? guide, ReviewDecisions decisions, Func<int, string> alike)
    {
        (_options, _query, _reference, _guide, _decisions, _alike) = (options, query, reference, guide, decisions, alike);
        var positives = data.Queries[query].Positives;
        _positives = [.. positives];
        _positiveTexts = positives.Select(alike).ToHashSet(StringComparer.Ordinal);
        _queryText = AlikeText.Of(data.Queries[query].Text);
        _guideBar = guide is null || options.Guide.Rule == FalseNegativeRule.Off ? double.PositiveInfinity : options.Guide.Bar(positives.Min(row => guide.Score(query, row)));
    }

    /// <summary>The first rule that drops a candidate; null where none does. An accepted one is dropped only where it answers the query.</summary>
    public DropRule? Drops(Candidate candidate)
    {
        if (DropsText(candidate.Row) is { } rule)
            return rule;
        if (_decisions.Of(_query, candidate.Row) == ReviewDecision.Accept)
            return null;
        if (_options.AbsoluteMargin is { } margin && IsAbove(candidate.Score + margin, _reference))
            return DropRule.AbsoluteMargin;
        if (_options.RelativeMargin is { } share && IsAbove(candidate.Score, _reference - (share * Math.Abs(_reference))))
            return DropRule.RelativeMargin;
        if (candidate.Score > _options.MaxScore)
            return DropRule.MaxScore;
        if (candidate.Score < _options.MinScore)
            return DropRule.MinScore;
        return !double.IsPositiveInfinity(_guideBar) && _guide!.Score(_query, candidate.Row) >= _guideBar ? DropRule.Guide : null;
    }

    /// <summary>The first rule that drops a document whatever its score; null where none does.</summary>
    public DropRule? DropsText(int row)
    {
        if (_positives.Contains(row))
            return DropRule.Positive;
        if (_positiveTexts.Contains(_alike(row)))
            return DropRule.PositiveText;
        if (_alike(row) == _queryText)
            return DropRule.QueryText;
        return _decisions.Of(_query, row) == ReviewDecision.Reject ? DropRule.Rejected : null;
    }

    /// <summary>Whether a candidate that is kept may be an answer.</summary>
    public bool IsSuspect(Candidate candidate) =>
        candidate.Score >= _reference - ((1 - _options.SuspectShare) * Math.Abs(_reference)) && _decisions.Of(_query, candidate.Row) != ReviewDecision.Accept;

    private bool IsAbove(double score, double limit) => _options.DropsEqual ? score >= limit : score > limit;
}
