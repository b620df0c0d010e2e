namespace Cde.Workbench.Mining;

/// <summary>The rule that dropped a candidate.</summary>
public enum DropRule
{
    /// <summary>It answers the query.</summary>
    Positive,

    /// <summary>Its text is that of a positive, but for case and blanks.</summary>
    PositiveText,

    /// <summary>Its text is the query, but for case and blanks.</summary>
    QueryText,

    /// <summary>A reviewer rejected it.</summary>
    Rejected,

    /// <summary>It scores too near to the positive.</summary>
    AbsoluteMargin,

    /// <summary>It scores above the share of the positive's score.</summary>
    RelativeMargin,

    /// <summary>It scores above the largest score.</summary>
    MaxScore,

    /// <summary>It scores below the smallest score.</summary>
    MinScore,

    /// <summary>The guide model takes it for an answer.</summary>
    Guide,

    /// <summary>Its rank is before the range.</summary>
    BeforeRange,

    /// <summary>Its rank is after the range.</summary>
    AfterRange,

    /// <summary>Nothing speaks against it, but others were chosen.</summary>
    NotChosen,
}

/// <summary>Why a negative was kept.</summary>
public enum KeepReason
{
    /// <summary>It scores highest of those left in the range.</summary>
    Top,

    /// <summary>It was drawn from those left in the range.</summary>
    Drawn,

    /// <summary>It was drawn from the whole pool, since too few were left.</summary>
    Filled,

    /// <summary>It is among the first of a system's list that nothing speaks against.</summary>
    Listed,
}

/// <summary>A negative that was kept.</summary>
/// <param name="Row">In the pool.</param>
/// <param name="Rank">Among the documents found, from 1; null for one drawn from the whole pool.</param>
/// <param name="Score">Its score; NaN for one drawn from the whole pool.</param>
/// <param name="Reason">Why it was kept.</param>
/// <param name="GuideScore">The guide's score; null without a guide.</param>
/// <param name="IsSuspect">Whether it scores so near to the positive that it may be an answer. One that a reviewer accepted is none.</param>
public sealed record MinedNegative(int Row, int? Rank, double Score, KeepReason Reason, double? GuideScore, bool IsSuspect);

/// <summary>A candidate that was dropped.</summary>
/// <param name="Row">In the pool.</param>
/// <param name="Rank">Among the documents found, from 1.</param>
/// <param name="Score">Its score.</param>
/// <param name="Rule">The rule that dropped it.</param>
public sealed record DroppedCandidate(int Row, int Rank, double Score, DropRule Rule);

/// <summary>What was mined for one query.</summary>
/// <param name="Query">Its place in the data.</param>
/// <param name="PositiveScores">The score of each of its positives.</param>
/// <param name="Negatives">Best first.</param>
/// <param name="Dropped">In the order of their ranks.</param>
/// <param name="Candidates">How many documents were left in the range.</param>
public sealed record MinedQuery(int Query, IReadOnlyList<double> PositiveScores, IReadOnlyList<MinedNegative> Negatives, IReadOnlyList<DroppedCandidate> Dropped, int Candidates)
{
    /// <summary>The score that margins are measured from: the lowest of the positives'.</summary>
    public double Reference => PositiveScores.Min();
}

/// <summary>The hard negatives of a data set.</summary>
/// <param name="Data">What was mined.</param>
/// <param name="Options">How.</param>
/// <param name="Queries">Query by query; those that are not consistent are not among them.</param>
/// <param name="Inconsistent">Queries left out because none of their positives is found early enough.</param>
public sealed record MinedNegatives(MiningData Data, MiningOptions Options, IReadOnlyList<MinedQuery> Queries, IReadOnlyList<int> Inconsistent)
{
    /// <summary>Negatives in all.</summary>
    public int Count => Queries.Sum(query => query.Negatives.Count);

    /// <summary>Queries with fewer negatives than asked for.</summary>
    public int Short => Queries.Count(query => query.Negatives.Count < Options.Count);

    /// <summary>How many candidates each rule dropped.</summary>
    public IReadOnlyDictionary<DropRule, int> DroppedBy() =>
        Queries.SelectMany(query => query.Dropped).GroupBy(dropped => dropped.Rule).OrderBy(group => group.Key).ToDictionary(group => group.Key, group => group.Count());

    /// <summary>The kept negatives that may be answers, those nearest to their positive's score first.</summary>
    public IEnumerable<(MinedQuery Query, MinedNegative Negative)> Suspects() =>
        Queries.SelectMany(query => query.Negatives.Where(negative => negative.IsSuspect).Select(negative => (Query: query, Negative: negative)))
            .OrderByDescending(pair => pair.Negative.Score - pair.Query.Reference).ThenBy(pair => pair.Query.Query).ThenBy(pair => pair.Negative.Row);
}
