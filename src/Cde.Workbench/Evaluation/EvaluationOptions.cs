namespace Cde.Workbench.Evaluation;

/// <summary>The rules of an evaluation. The defaults are trec_eval 9.0.8's; <see cref="EvaluationProfile"/> has those of other tools.</summary>
public sealed record EvaluationOptions
{
    /// <summary>How exactly scores are compared.</summary>
    /// <value>Default <see cref="ScorePrecision.Single"/>.</value>
    public ScorePrecision ScorePrecision { get; init; } = ScorePrecision.Single;

    /// <summary>Which of two documents with equal scores comes first.</summary>
    /// <value>Default <see cref="TieRule.IdDescending"/>.</value>
    public TieRule Ties { get; init; } = TieRule.IdDescending;

    /// <summary>Whether means divide by all judged queries, those without a list counting 0 (trec_eval <c>-c</c>).</summary>
    /// <value>Default false: by the judged queries that have a list.</value>
    public bool CountMissingQueries { get; init; }

    /// <summary>Whether queries without any relevant document are left out.</summary>
    /// <value>Default false: they count 0, as in trec_eval.</value>
    public bool SkipQueriesWithoutRelevant { get; init; }

    /// <summary>Whether a document whose id is the query's is taken out of the list first, as BEIR does.</summary>
    /// <value>Default false, as trec_eval.</value>
    public bool RemoveSelf { get; init; }

    /// <summary>Whether every relevant grade counts as 1.</summary>
    /// <value>Default false: the grade is the gain.</value>
    public bool BinaryGrades { get; init; }

    /// <summary>Whether average precision at k divides by k where more than k documents are relevant.</summary>
    /// <value>Default false: by all relevant documents, as trec_eval.</value>
    public bool CapsAveragePrecision { get; init; }
}
