namespace Cde.Workbench.Evaluation;

/// <summary>How exactly scores are compared before ids decide.</summary>
public enum ScorePrecision
{
    /// <summary>As float32: scores that are equal after rounding are ties (trec_eval up to 9.0.8, and pytrec_eval).</summary>
    Single,

    /// <summary>As float64 (trec_eval 10.0).</summary>
    Double,
}
