namespace Cde.Workbench.Evaluation;

/// <summary>The rules of an evaluation. The defaults are trec_eval 9.0.8's, as pytrec_eval, BEIR and mteb call it.</summary>
public sealed record EvaluationOptions
{
    /// <summary>How exactly scores are compared.</summary>
    /// <value>Default <see cref="ScorePrecision.Single"/>.</value>
    public ScorePrecision ScorePrecision { get; init; } = ScorePrecision.Single;

    /// <summary>Whether means divide by all judged queries, those without a list counting 0 (trec_eval <c>-c</c>).</summary>
    /// <value>Default false: by the judged queries that have a list.</value>
    public bool CountMissingQueries { get; init; }

    /// <summary>Whether a document whose id is the query's is taken out of the list first, as BEIR does.</summary>
    /// <value>Default false, as trec_eval.</value>
    public bool RemoveSelf { get; init; }
}
