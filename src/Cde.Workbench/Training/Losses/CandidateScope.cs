namespace Cde.Workbench.Training.Losses;

/// <summary>Which documents of a batch a query's own document is compared with.</summary>
public enum CandidateScope
{
    /// <summary>All documents and all hard negatives of the batch.</summary>
    InBatch,

    /// <summary>The query's own hard negatives alone, so that no other query's document can be a false negative.</summary>
    Grouped,

    /// <summary>All but the query's own hard negatives: what ColBERTv2 adds to a distillation on those (Santhanam et al. 2022).</summary>
    WithoutOwnNegatives,
}
