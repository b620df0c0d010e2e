namespace Cde.Workbench.Evaluation;

/// <summary>Which of two documents with equal scores comes first.</summary>
public enum TieRule
{
    /// <summary>The one with the larger id, as bytes (trec_eval, pytrec_eval, mteb).</summary>
    IdDescending,

    /// <summary>The one that comes first in the list (BEIR's own measures, sentence-transformers).</summary>
    AsListed,
}
