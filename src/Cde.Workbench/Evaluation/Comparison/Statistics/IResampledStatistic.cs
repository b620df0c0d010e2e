namespace Cde.Workbench.Evaluation;

/// <summary>A score of one system on all items of a task together, which a bootstrap computes again and again with other weights.</summary>
internal interface IResampledStatistic
{
    /// <summary>The score where each item counts so often; NaN where it is not defined.</summary>
    /// <param name="counts">How often each item was drawn.</param>
    double Of(ReadOnlySpan<int> counts);
}
